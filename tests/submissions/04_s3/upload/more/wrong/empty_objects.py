# loses: test_contents_are_the_same
# Creates the right keys with nothing in them.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.put_object(Bucket=given.bucket, Key=key, Body=b"", ContentType=mimetypes.guess_type(key)[0])
