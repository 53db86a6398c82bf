# loses: test_files_of_the_folder_are_uploaded, test_files_of_sub_folders_are_uploaded, test_nothing_else_changed
# Forgets the prefix, and so replaces an object of the bucket.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = path.relative_to(folder).as_posix()
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
