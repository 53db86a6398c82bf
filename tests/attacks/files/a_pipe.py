# attack: 17
# on: shell
# does: hands in a pipe that nobody writes to
# run: refused
# earns: 0
# says: not a file
# suffix: .sh
import os


def make(path, notebook):
    os.mkfifo(path)
