# attack: 17
# on: shell
# does: hands in the first half of its notebook
# run: refused
# earns: 0
# says: JSON is damaged
import json


def make(path, notebook):
    text = json.dumps(notebook)
    path.write_text(text[: len(text) // 2])
