# loses: test_it_lies_in_the_region
# Says nothing of the region, and so makes the bucket in the default one.
import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=given.bucket)
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
