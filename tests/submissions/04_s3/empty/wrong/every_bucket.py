# loses: test_nothing_else_changed
# Deletes what every bucket shows, and then this one for good.
import boto3

s3 = boto3.resource("s3")
for bucket in s3.buckets.all():
    bucket.objects.delete()
s3.Bucket(given.bucket).object_versions.delete()
s3.Bucket(given.bucket).delete()
