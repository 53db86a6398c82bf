import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
for path in sorted(Path(given.folder).rglob("*")):
    if path.is_file():
        key = given.prefix + path.relative_to(given.folder).as_posix()
        s3.put_object(
            Bucket=given.bucket, Key=key, Body=path.read_bytes(), ContentType=mimetypes.guess_type(key)[0]
        )
