# attack: 17
# on: shell
# does: writes NaN and infinities into its notebook's JSON
# run: refused
# earns: 0
# says: JSON is damaged
import json


def make(path, notebook):
    notebook["nbformat_minor"], notebook["metadata"]["points"] = float("nan"), float("inf")
    path.write_text(json.dumps(notebook))
