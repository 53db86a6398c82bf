# attack: 17
# on: s3
# does: hides a hundred thousand levels in its notebook's metadata
# run: refused
# earns: 0
# says: JSON is damaged
import json


def make(path, notebook):
    notebook["metadata"]["deep"] = "HERE"
    path.write_text(json.dumps(notebook).replace('"HERE"', '{"a":' * 10**5 + "1" + "}" * 10**5))
