# loses: test_nothing_else_changed
# Sets a content type on whatever the bucket holds, strangers' objects too.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.client("s3")
folder = Path(given.folder)
for path in folder.rglob("*"):
    if path.is_file():
        key = given.prefix + path.relative_to(folder).as_posix()
        s3.upload_file(str(path), given.bucket, key, ExtraArgs={"ContentType": mimetypes.guess_type(key)[0]})
for o in boto3.resource("s3").Bucket(given.bucket).objects.all():
    o.Object().copy_from(
        CopySource={"Bucket": o.bucket_name, "Key": o.key},
        ContentType=mimetypes.guess_type(o.key)[0] + "; charset=utf-8",
        MetadataDirective="REPLACE",
    )
