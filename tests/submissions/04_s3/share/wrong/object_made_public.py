# loses: test_all_stays_private
# Switches access lists on again and opens the object by one; the link that is signed would have been enough.
import boto3

s3 = boto3.client("s3")
s3.delete_public_access_block(Bucket=given.bucket)
s3.put_bucket_ownership_controls(
    Bucket=given.bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
)
s3.put_object_acl(Bucket=given.bucket, Key=given.key, ACL="public-read")
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=3600)
