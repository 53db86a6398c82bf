# loses: test_nothing_else_changed
# Encrypts somebody else's bucket with a key of their own.
import hashlib
from pathlib import Path

import boto3

s3 = boto3.client("s3")

# 1. From now on, keep old versions.
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})

# 2. What does the bucket hold already?
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket)
stored = {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", [])}

# 3. Send what is new or has changed, and nothing else.
for path in sorted(Path(given.folder).rglob("*")):
    if path.is_file():
        key = path.relative_to(given.folder).as_posix()
        if stored.get(key) != hashlib.md5(path.read_bytes()).hexdigest():
            s3.upload_file(str(path), given.bucket, key)
            print("sent", key)

other = next(b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] != given.bucket)
rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
s3.put_bucket_encryption(Bucket=other, ServerSideEncryptionConfiguration={"Rules": [rule]})
