# attack: 17
# on: ec2
# does: hands in the notebook of another step
# run: refused
# earns: 0
# says: this is the notebook of 04_s3/upload
import json


def make(path, notebook):
    notebook["metadata"]["drycloud"]["step"] = "04_s3/upload\n" + "<b>" * 100
    path.write_text(json.dumps(notebook))
