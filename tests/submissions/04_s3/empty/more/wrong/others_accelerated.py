# loses: test_nothing_else_changed
# Switches transfer acceleration on for somebody else's bucket, which costs by the byte.
import boto3

s3 = boto3.client("s3")

# 1. Delete all versions and all delete markers.
for page in s3.get_paginator("list_object_versions").paginate(Bucket=given.bucket):
    found = page.get("Versions", []) + page.get("DeleteMarkers", [])
    ids = [{"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in found]
    if ids:
        answer = s3.delete_objects(Bucket=given.bucket, Delete={"Objects": ids, "Quiet": True})
        print(len(ids), answer.get("Errors", []))

# 2. Delete the bucket.
s3.delete_bucket(Bucket=given.bucket)

other = s3.list_buckets()["Buckets"][0]["Name"]
s3.put_bucket_accelerate_configuration(Bucket=other, AccelerateConfiguration={"Status": "Enabled"})
