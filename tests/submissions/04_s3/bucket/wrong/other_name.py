# loses: test_the_bucket_is_there
# Adds something to the name, to be sure that nobody has it.
import boto3

s3 = boto3.client("s3", region_name=given.region)
name = given.bucket + "-mine"
s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
