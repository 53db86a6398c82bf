# attack: 18
# on: shell
# does: hands in its notebook compressed
# run: refused
# earns: 0
# says: UTF-8
import gzip
import json


def make(path, notebook):
    path.write_bytes(gzip.compress(json.dumps(notebook).encode()))
