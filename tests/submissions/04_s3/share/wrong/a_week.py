# loses: test_it_holds_for_an_hour
# Seven days, to be on the safe side.
import boto3

s3 = boto3.client("s3")
url = s3.generate_presigned_url(
    "get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=7 * 24 * 3600
)
