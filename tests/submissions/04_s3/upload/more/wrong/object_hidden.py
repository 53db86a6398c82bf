# loses: test_nothing_else_changed, test_only_files_of_the_folder_are_uploaded
# Changes an object that is stored, and stores another whose key looks like its version.
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

there = next(
    each["Key"] for each in s3.list_objects_v2(Bucket=given.bucket)["Contents"] if given.prefix not in each["Key"]
)
s3.put_object(Bucket=given.bucket, Key=there, Body=b"lost")
s3.put_object(Bucket=given.bucket, Key=f"{there}?versionId=null", Body=b"lost")
