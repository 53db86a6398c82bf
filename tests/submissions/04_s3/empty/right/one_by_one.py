# Each version and each marker by a request of its own, and "aws s3 rb" by subprocess.
import subprocess

import boto3

for version in boto3.resource("s3").Bucket(given.bucket).object_versions.all():
    version.delete()
subprocess.run(["aws", "s3", "rb", f"s3://{given.bucket}"], check=True)
