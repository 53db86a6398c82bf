# attack: 17
# on: s3
# does: hands in a link to the solution
# run: refused
# earns: 0
# says: link
from pathlib import Path


def make(path, notebook):
    path.symlink_to(Path.cwd() / "solutions/04_s3/upload.py")
