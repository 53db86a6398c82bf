# loses: test_nothing_else_changed
# Blocks public access everywhere, to the website's bucket too.
import boto3

s3 = boto3.resource("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
for bucket in s3.buckets.all():
    s3.meta.client.put_public_access_block(
        Bucket=bucket.name, PublicAccessBlockConfiguration={name: True for name in names}
    )
s3.BucketTagging(given.bucket).put(Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
