# The resource API: a collection deletes page by page.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
bucket.object_versions.delete()
bucket.delete()
bucket.wait_until_not_exists()
