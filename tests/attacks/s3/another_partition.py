# attack: 24
# does: works in a partition of AWS that is not the course's, where a bucket of the same name is free
# run: raised
# earns: 0
# with: work
import boto3

boto3.setup_default_session(region_name="cn-north-1")
boto3.client("s3").create_bucket(Bucket=given.bucket, CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
work()
