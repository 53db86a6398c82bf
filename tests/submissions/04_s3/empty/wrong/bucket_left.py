# loses: test_the_bucket_is_gone
# Empties the bucket, and leaves it.
import boto3

boto3.resource("s3").Bucket(given.bucket).object_versions.delete()
