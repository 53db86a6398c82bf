# loses: test_no_other_bucket_was_made
# Tries the call with another name first, and leaves that bucket behind.
import boto3

s3 = boto3.client("s3", region_name=given.region)
for name in (given.bucket + "-test", given.bucket):
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": given.region})
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
