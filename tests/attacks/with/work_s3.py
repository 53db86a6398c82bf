import mimetypes
import pathlib

import boto3


def work():
    """Honest work: upload the folder."""
    s3 = boto3.client("s3")
    for path in sorted(pathlib.Path(given.folder).rglob("*")):
        if path.is_file():
            key = given.prefix + path.relative_to(given.folder).as_posix()
            kind = mimetypes.guess_type(path.name)[0]
            s3.put_object(Bucket=given.bucket, Key=key, Body=path.read_bytes(), ContentType=kind)
