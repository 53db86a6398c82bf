# %% tags=["task"]
import boto3

# 1. Create the bucket in the given Region.
s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})

# 2. Is it private? Make sure that it is and stays private.
block = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
s3.put_public_access_block(Bucket=given.bucket, PublicAccessBlockConfiguration=dict.fromkeys(block, True))

# 3. Add the tag with its owner.
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
