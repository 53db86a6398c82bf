# attack: 16
# on: ec2
# does: retypes its own cell to text and the text to code, to see what is run
# run: raised or finished
# earns: 0
# status: needs_grading
import json


def make(path, notebook):
    for cell in notebook["cells"]:
        cell["cell_type"] = "markdown" if cell["cell_type"] == "code" else "code"
    path.write_text(json.dumps(notebook))
