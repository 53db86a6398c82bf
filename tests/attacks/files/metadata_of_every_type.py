# attack: 16
# on: ec2
# does: works, with metadata, ids, tags and outputs of every wrong type
# run: finished
# earns: 10
import json


def make(path, notebook):
    odd = [None, True, -1, 1e300, "task", [], {}, [[]], {"a": {"b": [None]}}, ["task", 5, None]]
    for cell in list(notebook["cells"]):
        if "task" not in cell["metadata"]["tags"]:
            continue
        for number, value in enumerate(odd):
            wrong = {"nbgrader": value, "tags": value, "drycloud": value, "id": value, "slideshow": value}
            notebook["cells"].insert(0, {**cell, "id": value, "outputs": value, "metadata": wrong, "source": "" if number else cell["source"]})
    notebook["metadata"] = {"kernelspec": [], "language_info": 5, "drycloud": ["02_ec2/terminate"], "celltoolbar": None}
    path.write_text(json.dumps(notebook))
