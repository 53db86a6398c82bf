# attack: 16
# on: s3
# does: asks for its world again, by the scene that it saw
# run: finished
# earns: 0
import json


def make(path, notebook):
    for cell in notebook["cells"]:
        if "task" in cell["metadata"]["tags"]:
            cell["source"] = "given = simulate(lambda: {'bucket': 'mine'})"
    path.write_text(json.dumps(notebook))
