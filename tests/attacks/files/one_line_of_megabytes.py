# attack: 17
# on: ec2
# does: hands in one line of three megabytes that no parser likes
# run: raised or killed or timed_out or out_of_memory
# earns: 0
import json


def make(path, notebook):
    notebook["cells"] = [{"cell_type": "code", "source": "(" * 1000 + "-" * 3_000_000 + "1"}]
    path.write_text(json.dumps(notebook))
