# loses: test_content_types_are_right
# Says nothing of the content type: it stays "some bytes".
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        s3.upload_file(str(path), given.bucket, given.prefix + path.relative_to(folder).as_posix())
