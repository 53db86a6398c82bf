# attack: 17
# on: ec2
# does: hands in a notebook of a hundred thousand cells
# run: refused
# earns: 0
# says: more than 1000 cells
import json


def make(path, notebook):
    notebook["cells"] += [{"cell_type": "code"}] * 100_000
    path.write_text(json.dumps(notebook))
