# loses: test_the_bucket_is_tagged
# Tags an object in the bucket, and not the bucket.
import boto3

s3 = boto3.client("s3", region_name=given.region)
s3.create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": given.region})
s3.put_object(Bucket=given.bucket, Key="owner.txt", Body=b"", Tagging=f"owner={given.owner}")
