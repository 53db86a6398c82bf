# Asks for each file's object; twice, and the second time nothing is sent.
import hashlib
import pathlib

import boto3
from botocore.exceptions import ClientError

client = boto3.client("s3")


def etag(key):
    try:
        return client.head_object(Bucket=given.bucket, Key=key)["ETag"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise
        return None


def back_up():
    sent = 0
    for path in pathlib.Path(given.folder).glob("**/*"):
        if path.is_dir():
            continue
        key = path.as_posix().removeprefix(given.folder + "/")
        if etag(key) != f'"{hashlib.md5(path.read_bytes()).hexdigest()}"':
            client.upload_file(str(path), given.bucket, key)
            sent += 1
    return sent


if client.get_bucket_versioning(Bucket=given.bucket).get("Status") != "Enabled":
    client.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
print(back_up(), back_up())
