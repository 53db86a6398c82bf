# Turns versioning on in the bucket, and tags it.
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

s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "content", "Value": "uploads"}]})
