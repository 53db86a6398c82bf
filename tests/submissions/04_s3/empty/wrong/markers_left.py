# loses: test_the_markers_are_gone, test_the_bucket_is_gone
# Deletes all versions, and forgets the delete markers.
import boto3

s3 = boto3.client("s3")
ids = []
for page in s3.get_paginator("list_object_versions").paginate(Bucket=given.bucket):
    ids += [{"Key": v["Key"], "VersionId": v["VersionId"]} for v in page.get("Versions", [])]
s3.delete_objects(Bucket=given.bucket, Delete={"Objects": ids})
s3.delete_bucket(Bucket=given.bucket)
