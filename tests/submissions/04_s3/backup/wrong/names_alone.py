# loses: test_every_file_is_there
# Sends what is new, and takes a file that exists for one that is the same.
from pathlib import Path

import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
bucket.Versioning().enable()
keys = {item.key for item in bucket.objects.all()}
for path in Path(given.folder).rglob("*.*"):
    key = path.relative_to(given.folder).as_posix()
    if key not in keys:
        bucket.upload_file(str(path), key)
