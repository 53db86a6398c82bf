# attack: 17
# on: ec2
# does: hands in a folder that is called like a notebook
# run: refused
# earns: 0
# says: not a file
def make(path, notebook):
    (path / path.name).mkdir(parents=True)
