# loses: test_it_holds_for_an_hour
# An hour has 60 minutes, but the function wants seconds.
import boto3

s3 = boto3.client("s3")
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=60)
