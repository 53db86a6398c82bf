# loses: test_nothing_else_changed
# Lets all objects of somebody else's bucket expire after a day.
import boto3

# 1. Make the bucket in the region that you were given.
s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})

# 2. Is it private? See to it that it is and stays so.
block = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
s3.put_public_access_block(Bucket=given.bucket, PublicAccessBlockConfiguration=dict.fromkeys(block, True))

# 3. Tag it with its owner.
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})

other = next(b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] != given.bucket)
rule = {"ID": "tidy", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
s3.put_bucket_lifecycle_configuration(Bucket=other, LifecycleConfiguration={"Rules": [rule]})
