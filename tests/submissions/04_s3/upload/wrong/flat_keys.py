# loses: test_files_of_sub_folders_are_uploaded
# Makes keys from file names alone: the monthly files replace each other.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        kind = mimetypes.guess_type(path.name)[0]
        s3.upload_file(str(path), given.bucket, given.prefix + path.name, ExtraArgs={"ContentType": kind})
