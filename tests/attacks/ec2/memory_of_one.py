# attack: 4
# does: takes memory without end in one process
# run: out_of_memory
# earns: 0
# says: memory
hoard = []
while True:
    hoard.append(bytearray(16 * 1024**2))
