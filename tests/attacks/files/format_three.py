# attack: 17
# on: s3
# does: hands in a notebook of format 3
# run: refused
# earns: 0
# says: another format than 4
import json


def make(path, notebook):
    notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": notebook["cells"]}]}
    path.write_text(json.dumps(notebook))
