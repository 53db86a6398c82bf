# loses: test_content_types_are_right
# Gives every file the type of a table.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.put_object(Bucket=given.bucket, Key=key, Body=path.read_bytes(), ContentType="text/csv")
