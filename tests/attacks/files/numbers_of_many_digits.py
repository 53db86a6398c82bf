# attack: 17
# on: ec2
# does: writes numbers of a hundred thousand digits into its notebook
# run: refused
# earns: 0
# says: JSON is damaged
import json


def make(path, notebook):
    notebook["nbformat"] = "HERE"
    path.write_text(json.dumps(notebook).replace('"HERE"', "9" * 10**5))
