# loses: test_the_versions_are_gone, test_the_markers_are_gone, test_the_bucket_is_gone
# Deletes what one call lists.
import boto3

s3 = boto3.client("s3")
page = s3.list_object_versions(Bucket=given.bucket)
found = page["Versions"] + page["DeleteMarkers"]
s3.delete_objects(
    Bucket=given.bucket,
    Delete={"Objects": [{"Key": e["Key"], "VersionId": e["VersionId"]} for e in found]},
)
s3.delete_bucket(Bucket=given.bucket)
