# loses: test_the_bucket_is_gone
# Makes an empty bucket of the same name afterwards.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
bucket.object_versions.all().delete()
bucket.delete()
bucket.create()
