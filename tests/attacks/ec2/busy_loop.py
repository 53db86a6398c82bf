# attack: 2
# does: loops for ever
# run: timed_out
# earns: 0
# says: more than 4 seconds of processor time
while True:
    pass
