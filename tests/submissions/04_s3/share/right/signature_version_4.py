# The newer style of signatures, printed and tried.
import urllib.request

import boto3
from botocore.config import Config

client = boto3.client("s3", config=Config(signature_version="s3v4"))
url = client.generate_presigned_url(
    ClientMethod="get_object", Params=dict(Bucket=given.bucket, Key=given.key), ExpiresIn=60 * 60, HttpMethod="GET"
)
print(url)
print(urllib.request.urlopen(url).read())
