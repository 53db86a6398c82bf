# attack: 12
# does: works, then raises an error with half a character in it, as a file name can have
# run: raised
# earns: 10
# says: line
# with: work
work()
open("\udcff" + "\ud800")
