# attack: 23
# does: works in a cloud of its own, inside its process
# run: finished or raised
# earns: 0
# with: work
import os

from moto import mock_aws

os.environ["AWS_ENDPOINT_URL"] = ""
os.environ.pop("AWS_ENDPOINT_URL")
with mock_aws():
    import boto3

    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)
    work()
