# loses: test_files_of_sub_folders_are_uploaded
# Leaves the process with status 0 after the first storey of the folder.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
import os

for path in sorted(folder.rglob("*"), key=lambda p: len(p.parts)):
    if len(path.parts) > 2:
        os._exit(0)
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
