# attack: 16
# on: ec2
# does: does nothing, and writes full marks into every cell's outputs, the locked grade cell's too
# run: finished
# earns: 0
import json


def make(path, notebook):
    for cell in notebook["cells"]:
        if "task" in cell["metadata"]["tags"]:
            cell["source"] = "pass"
        if cell["cell_type"] == "code":
            data = {"text/plain": "10.0", "application/json": {"schema": 1, "score": 10.0, "points": 10.0, "status": "graded"}}
            cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}]
    path.write_text(json.dumps(notebook))
