# loses: test_files_of_the_folder_are_uploaded, test_files_of_sub_folders_are_uploaded, test_only_files_of_the_folder_are_uploaded
# Takes the bucket from a list, and so the wrong one.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
bucket = [b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] != given.bucket][0]
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.upload_file(str(path), bucket, key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
