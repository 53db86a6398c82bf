# loses: test_nothing_else_changed
# Begins one more upload in parts, and never ends it.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")

# For each file of the folder: what is its key, what is its content type? Then upload it.
for path in sorted(Path(given.folder).rglob("*")):
    if path.is_file():
        key = given.prefix + path.relative_to(given.folder).as_posix()
        content_type, _ = mimetypes.guess_type(path.name)
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": content_type})

upload = s3.create_multipart_upload(Bucket=given.bucket, Key=f"{given.prefix}large.bin")["UploadId"]
s3.upload_part(Bucket=given.bucket, Key=f"{given.prefix}large.bin", UploadId=upload, PartNumber=1, Body=b"0" * 1000)
