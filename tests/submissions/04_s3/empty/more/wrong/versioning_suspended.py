# loses: test_the_versions_are_gone, test_nothing_else_changed, test_the_markers_are_gone, test_the_bucket_is_gone
# Suspends versioning, in the belief that old versions go with it.
import boto3

s3 = boto3.resource("s3")
s3.BucketVersioning(given.bucket).suspend()
s3.Bucket(given.bucket).objects.delete()
s3.Bucket(given.bucket).delete()
