# attack: 17
# on: s3
# does: hands in its notebook with a hundred megabytes of blanks behind it
# run: refused
# earns: 0
# says: larger than 100 MiB
import json


def make(path, notebook):
    with path.open("w") as file:
        file.write(json.dumps(notebook))
        for _ in range(100):
            file.write(" " * 2**20)
