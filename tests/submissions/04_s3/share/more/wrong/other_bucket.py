# loses: test_it_leads_to_the_object
# The same key, in the archive.
import boto3

s3 = boto3.client("s3")
bucket = next(b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"].endswith("-archive"))
url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": given.key}, ExpiresIn=3600)
