# loses: test_the_versions_are_gone, test_nothing_else_changed, test_the_markers_are_gone, test_the_bucket_is_gone
# Asks for the deletion of the bucket while there is something in it.
import boto3

boto3.client("s3").delete_bucket(Bucket=given.bucket)
