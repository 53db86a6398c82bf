# loses: test_the_versions_are_gone, test_the_bucket_is_gone
# Deletes all delete markers, which brings back what was deleted.
import boto3

s3 = boto3.client("s3")
for page in s3.get_paginator("list_object_versions").paginate(Bucket=given.bucket):
    ids = [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in page.get("DeleteMarkers", [])]
    if ids:
        s3.delete_objects(Bucket=given.bucket, Delete={"Objects": ids})
