# attack: 16
# on: ec2
# does: works, with the cells in the order from the last to the first
# run: finished
# earns: 10
import json


def make(path, notebook):
    notebook["cells"].reverse()
    path.write_text(json.dumps(notebook))
