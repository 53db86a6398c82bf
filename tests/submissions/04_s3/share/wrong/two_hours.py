# loses: test_it_holds_for_an_hour
# Twice as long as asked, in the newer style.
import boto3
from botocore.config import Config

s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=7200)
