# attack: 17
# on: s3
# does: hands in an empty file
# run: refused
# earns: 0
# says: JSON is damaged
def make(path, notebook):
    path.touch()
