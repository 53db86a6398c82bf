import pathlib

import boto3


def work():
    """Honest work: mirror the folder, list the bucket."""
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=given.BUCKET)
    folder = pathlib.Path(given.FOLDER)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".tmp":
            s3.put_object(Bucket=given.BUCKET, Key=path.relative_to(folder).as_posix(), Body=path.read_bytes())
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket=given.BUCKET)["Contents"]]
    pathlib.Path("listing.txt").write_text("".join(f"{key}\n" for key in sorted(keys)))
