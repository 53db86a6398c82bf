# loses: test_only_files_of_the_folder_are_uploaded
# Uploads what lies beside the folder as well.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in Path(".").rglob("*.*"):
    if path.is_file():
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        key = given.prefix + inside.as_posix()
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": kind})
