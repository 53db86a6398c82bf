# attack: 17
# on: ec2
# does: works, in a notebook in UTF-16
# run: finished
# earns: 10
import json


def make(path, notebook):
    path.write_text(json.dumps(notebook), encoding="utf-16")
