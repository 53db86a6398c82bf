# loses: test_nothing_else_changed
# Lets all objects of somebody else's bucket expire after a day.
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

other = next(b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] != given.bucket)
rule = {"ID": "tidy", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
s3.put_bucket_lifecycle_configuration(Bucket=other, LifecycleConfiguration={"Rules": [rule]})
