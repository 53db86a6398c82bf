# loses: test_the_bucket_is_there, test_it_lies_in_the_region, test_nothing_else_changed, test_no_other_bucket_was_made, test_the_bucket_is_private, test_the_bucket_is_tagged
# Adds something to the name, to be sure that nobody has it.
import boto3

s3 = boto3.client("s3", region_name=given.region)
name = given.bucket + "-mine"
s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
