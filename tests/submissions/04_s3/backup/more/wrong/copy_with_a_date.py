# loses: test_every_file_is_there, test_only_changes_were_sent
# Makes a whole copy of the folder below a date.
from pathlib import Path

import boto3

s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
for path in Path(given.folder).rglob("*.*"):
    key = f"2026-01-31/{path.relative_to(given.folder).as_posix()}"
    s3.upload_file(str(path), given.bucket, key)
