# Python and boto3 in the place of the shell.
from pathlib import Path

import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=given.BUCKET)
folder = Path(given.FOLDER)
for path in folder.rglob("*"):
    if path.is_file() and path.suffix != ".tmp":
        s3.upload_file(str(path), given.BUCKET, path.relative_to(folder).as_posix())
keys = [o["Key"] for o in s3.list_objects_v2(Bucket=given.BUCKET)["Contents"]]
Path("listing.txt").write_text("\n".join(sorted(keys)))
