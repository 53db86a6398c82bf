# %% tags=["task"]
import hashlib
from pathlib import Path

import boto3

s3 = boto3.client("s3")

# 1. Enable versioning.
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})

# 2. What does the bucket already contain?
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket)
stored = {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", [])}

# 3. Upload what is new or has changed, and nothing else.
for path in sorted(Path(given.folder).rglob("*")):
    if path.is_file():
        key = path.relative_to(given.folder).as_posix()
        if stored.get(key) != hashlib.md5(path.read_bytes()).hexdigest():
            s3.upload_file(str(path), given.bucket, key)
            print("sent", key)
