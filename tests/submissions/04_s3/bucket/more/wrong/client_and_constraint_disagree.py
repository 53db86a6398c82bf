# loses: test_the_bucket_is_there, test_it_lies_in_the_region, test_a_bucket_was_made, test_nothing_else_changed, test_no_other_bucket_was_made, test_the_bucket_is_private, test_the_bucket_is_tagged
# The client of one region cannot make a bucket in another: S3 refuses.
import boto3

s3 = boto3.client("s3", region_name="sa-east-1")
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
