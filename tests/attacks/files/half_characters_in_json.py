# attack: 17
# on: shell
# does: works, with half a character beside its work, which no text can hold
# run: refused
# earns: 0
# says: JSON is damaged
import json


def make(path, notebook):
    notebook["cells"] += [{"cell_type": "code", "source": "'\ud800\x00\x1b[2J\u202e'"}]
    path.write_text(json.dumps(notebook))
