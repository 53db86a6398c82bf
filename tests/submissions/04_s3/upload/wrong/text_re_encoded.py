# loses: test_contents_are_the_same
# Reads texts as text and writes them in another encoding.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        kind = mimetypes.guess_type(key)[0]
        body = path.read_bytes()
        if kind.startswith("text/"):
            body = body.decode("utf-8").encode("utf-16")
        s3.put_object(Bucket=given.bucket, Key=key, Body=body, ContentType=kind)
