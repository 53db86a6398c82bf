# attack: 5
# does: works, then makes files that are larger than what is in them
# run: finished
# earns: 10
# says: MiB of files
# with: work
work()
for n in range(100):
    with open(f"zz{n}", "wb") as file:
        file.truncate(16 * 1024**2)
