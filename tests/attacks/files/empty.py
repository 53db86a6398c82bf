# attack: 17
# on: s3
# does: hands in an empty file
# run: refused
# earns: 0
# says: the file is empty
def make(path, notebook):
    path.touch()
