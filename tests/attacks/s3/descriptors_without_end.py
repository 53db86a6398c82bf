# attack: 5
# does: works, then opens files until there is no descriptor left
# run: raised
# earns: 10
# says: Too many open files
# with: work
work()
held = []
while True:
    held.append(open("/dev/null"))
