# Made in the wrong region and without its tag first; deleted, and made again.
import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=given.bucket)
if s3.head_bucket(Bucket=given.bucket)["BucketRegion"] != given.region:
    s3.delete_bucket(Bucket=given.bucket)
    s3 = boto3.client("s3", given.region)
    s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
