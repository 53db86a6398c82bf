# loses: test_all_stays_private
# Lets web pages read somebody else's bucket, by a rule for CORS.
import boto3

s3 = boto3.client("s3")

# A link to the object, for one hour:
url = s3.generate_presigned_url(
    "get_object",
    Params={"Bucket": given.bucket, "Key": given.key},
    ExpiresIn=3600,
)

other = next(b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] != given.bucket)
rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
s3.put_bucket_cors(Bucket=other, CORSConfiguration={"CORSRules": [rule]})
