# attack: 17
# on: s3
# does: works, in a notebook of format 3
# run: finished
# earns: 10
import json


def make(path, notebook):
    notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": notebook["cells"]}]}
    path.write_text(json.dumps(notebook))
