# loses: test_only_changes_were_sent
# Compares the ETag with its quotation marks on, so that nothing is ever the same.
import hashlib
from pathlib import Path

import boto3

s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
stored = {o["Key"]: o["ETag"] for o in s3.list_objects_v2(Bucket=given.bucket)["Contents"]}
for path in Path(given.folder).rglob("*.*"):
    key = path.relative_to(given.folder).as_posix()
    if stored.get(key) != hashlib.md5(path.read_bytes()).hexdigest():
        s3.upload_file(str(path), given.bucket, key)
