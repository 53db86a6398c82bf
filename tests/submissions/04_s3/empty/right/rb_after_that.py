# Versioning suspended first, which is needless; the markers one page later than the versions; "aws s3 rb" at the end.
import boto3

s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Suspended"})
for kind in ("Versions", "DeleteMarkers"):
    found = []
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=given.bucket):
        found += [{"Key": e["Key"], "VersionId": e["VersionId"]} for e in page.get(kind, [])]
    for start in range(0, len(found), 500):
        s3.delete_objects(Bucket=given.bucket, Delete={"Objects": found[start : start + 500], "Quiet": True})
!aws s3 rb "s3://{given.bucket}"
