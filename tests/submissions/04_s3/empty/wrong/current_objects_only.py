# loses: test_the_versions_are_gone, test_nothing_else_changed, test_the_markers_are_gone, test_the_bucket_is_gone
# Deletes what a listing shows, by which it only gets more markers.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
bucket.objects.all().delete()
bucket.delete()
