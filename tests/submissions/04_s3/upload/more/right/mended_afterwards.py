# Uploads without a type first, then sets it by copying each object onto itself; removes a stray object of its own.
import mimetypes
from pathlib import Path

import boto3

s3 = boto3.resource("s3")
s3.Object(given.bucket, given.prefix + "test.txt").put(Body=b"does it work?")
keys = []
for p in Path(given.folder).rglob("*.*"):
    key = given.prefix + "/".join(p.parts[1:])
    s3.meta.client.upload_file(str(p), given.bucket, key)
    keys.append(key)
for key in keys:
    s3.Object(given.bucket, key).copy_from(
        CopySource={"Bucket": given.bucket, "Key": key},
        ContentType=mimetypes.guess_type(key)[0],
        MetadataDirective="REPLACE",
    )
s3.Object(given.bucket, given.prefix + "test.txt").delete()
