# The resource API; size and time of change, and nothing read that has not changed.
import os

import boto3

s3 = boto3.resource("s3")
s3.BucketVersioning(given.bucket).enable()
bucket = s3.Bucket(given.bucket)
held = {summary.key: summary for summary in bucket.objects.all()}
for root, _, names in os.walk(given.folder):
    for name in names:
        path = os.path.join(root, name)
        key = os.path.relpath(path, given.folder)
        there, about = held.get(key), os.stat(path)
        if there and there.size == about.st_size and about.st_mtime <= there.last_modified.timestamp():
            continue
        bucket.upload_file(path, key)
