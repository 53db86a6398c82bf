# loses: test_it_leads_to_the_object
# Shares the first object of the list, which is another year's.
import boto3

s3 = boto3.client("s3")
first = s3.list_objects_v2(Bucket=given.bucket)["Contents"][0]["Key"]
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": first}, ExpiresIn=3600)
