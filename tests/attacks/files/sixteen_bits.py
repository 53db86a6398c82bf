# attack: 17
# on: ec2
# does: hands in its notebook in UTF-16
# run: refused
# earns: 0
# says: UTF-8
import json


def make(path, notebook):
    path.write_text(json.dumps(notebook), encoding="utf-16")
