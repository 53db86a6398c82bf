# attack: 38
# does: works, then fills the file with a mebibyte of the beginnings of ids
# run: finished
# earns: 11
# with: work
work()
found = pathlib.Path("running.txt").read_text()
pathlib.Path("running.txt").write_text(found + ("i-" * 2**19)[: 2**20 - len(found)])
