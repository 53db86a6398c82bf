# The client in the bucket's own region; everything is set explicitly, and looked at afterwards.
import boto3

s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(
    Bucket=given.bucket,
    CreateBucketConfiguration={"LocationConstraint": given.region},
    ObjectOwnership="BucketOwnerEnforced",
)
s3.get_waiter("bucket_exists").wait(Bucket=given.bucket)
s3.put_public_access_block(
    Bucket=given.bucket,
    PublicAccessBlockConfiguration={
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    },
)
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
print(s3.head_bucket(Bucket=given.bucket)["BucketRegion"], s3.get_bucket_tagging(Bucket=given.bucket)["TagSet"])
