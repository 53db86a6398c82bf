# The default client with a LocationConstraint, a tag besides, and Block Public Access left on as it is.
import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration=dict(LocationConstraint=given.region))
tags = {"project": "counting", "owner": given.owner}
s3.put_bucket_tagging(
    Bucket=given.bucket, Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}
)
