# loses: test_nothing_else_changed
# Tags every bucket of the account, and so takes the others' tags away.
import boto3

s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
for b in s3.list_buckets()["Buckets"]:
    s3.put_bucket_tagging(Bucket=b["Name"], Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
