# attack: 5
# does: works, then makes a file of 10 GB, with holes and without
# run: raised or killed
# earns: 10
# with: work
work()
with open("large", "wb") as file:
    file.truncate(10 * 1024**3)
