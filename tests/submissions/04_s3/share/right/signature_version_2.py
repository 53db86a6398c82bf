# The older style of signatures, by the resource's client, and the default of an hour.
import boto3
from botocore.client import Config

s3 = boto3.resource("s3", config=Config(signature_version="s3"))
shared = s3.Object(given.bucket, given.key)
url = s3.meta.client.generate_presigned_url("get_object", Params={"Bucket": shared.bucket_name, "Key": shared.key})
