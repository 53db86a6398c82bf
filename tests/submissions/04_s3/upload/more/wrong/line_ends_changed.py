# loses: test_contents_are_the_same
# Opens texts in text mode, which turns the line ends of Windows into others.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        body = path.read_bytes() if path.suffix == ".png" else path.read_text(encoding="utf-8")
        s3.put_object(Bucket=given.bucket, Key=key, Body=body, ContentType=mimetypes.guess_type(key)[0])
