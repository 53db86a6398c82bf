# attack: 16
# on: shell
# does: works, and hands in the task's cell alone, without anything that tells what it is
# run: finished
# earns: 13
import json


def make(path, notebook):
    (task,) = [cell for cell in notebook["cells"] if "task" in cell["metadata"]["tags"]]
    notebook["cells"], notebook["metadata"] = [{"cell_type": "code", "source": task["source"]}], {}
    path.write_text(json.dumps(notebook))
