# Resource API and open files, a recursive function of the student's own.
import mimetypes
import os

import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)


def send(folder, prefix):
    for entry in os.scandir(folder):
        if entry.is_dir():
            send(entry.path, prefix + entry.name + "/")
        else:
            kind, _ = mimetypes.guess_type(entry.name)
            with open(entry.path, "rb") as stream:
                bucket.upload_fileobj(stream, prefix + entry.name, ExtraArgs={"ContentType": kind})


send(given.folder, given.prefix)
