# loses: test_nothing_else_changed
# Deletes each file once it is uploaded: a move, not a copy.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in sorted(folder.rglob("*")):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
        path.unlink()
