from pathlib import Path

import boto3

s3 = boto3.client("s3")
for path in Path(given.folder).iterdir():
    s3.put_object(Bucket=given.bucket, Key=given.prefix + path.name, Body=paths.read_bytes())
