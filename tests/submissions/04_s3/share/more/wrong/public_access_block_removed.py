# loses: test_all_stays_private
# Makes a good link, but takes the lock off the bucket first, which it does not need.
import boto3

s3 = boto3.client("s3")
s3.put_public_access_block(
    Bucket=given.bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": False, "RestrictPublicBuckets": False}
)
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=3600)
