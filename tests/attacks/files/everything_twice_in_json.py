# attack: 17
# on: s3
# does: writes its cells twice under one name: the work first, nothing then
# run: finished
# earns: 0
import json


def make(path, notebook):
    path.write_text(json.dumps(notebook)[:-1] + ', "cells": [{"cell_type": "code", "source": "pass"}]}')
