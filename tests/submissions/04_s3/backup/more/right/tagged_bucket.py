# Tags its own backup bucket as well, which costs nothing; put_object.
import hashlib
import os

import boto3

s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "use", "Value": "backup"}]})
listed = s3.list_objects_v2(Bucket=given.bucket)["Contents"]
known = {item["Key"]: item["ETag"] for item in listed}
for root, _, names in os.walk(given.folder):
    for name in names:
        path = os.path.join(root, name)
        key = os.path.relpath(path, given.folder).replace(os.sep, "/")
        with open(path, "rb") as file:
            data = file.read()
        if known.pop(key, None) != f'"{hashlib.md5(data).hexdigest()}"':
            s3.put_object(Bucket=given.bucket, Key=key, Body=data)
for key in known:  # what is no longer in the folder
    s3.delete_object(Bucket=given.bucket, Key=key)
