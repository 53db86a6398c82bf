# loses: test_the_bucket_is_tagged
# "Owner" is another key than "owner".
import boto3

s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "Owner", "Value": given.owner}]})
