# loses: test_the_bucket_is_tagged
# Forgets the tag.
import boto3

s3 = boto3.resource("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
