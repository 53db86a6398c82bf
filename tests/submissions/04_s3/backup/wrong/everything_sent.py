# loses: test_only_changes_were_sent
# Sends the whole folder again.
from pathlib import Path

import boto3

s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})
for path in Path(given.folder).rglob("*.*"):
    s3.upload_file(str(path), given.bucket, path.relative_to(given.folder).as_posix())
