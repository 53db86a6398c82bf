# Client, upload_file with ExtraArgs, types guessed by mimetypes.
import mimetypes
import os

import boto3

client = boto3.client("s3")
for root, dirs, names in os.walk(given.folder):
    for name in names:
        local = os.path.join(root, name)
        inside = os.path.relpath(local, given.folder).replace(os.sep, "/")
        client.upload_file(
            Filename=local,
            Bucket=given.bucket,
            Key=given.prefix + inside,
            ExtraArgs={"ContentType": mimetypes.guess_type(name)[0]},
        )
