# %% tags=["task"]
import boto3

s3 = boto3.client("s3")

# A link to the object, for one hour:
url = s3.generate_presigned_url(
    "get_object",
    Params={"Bucket": given.bucket, "Key": given.key},
    ExpiresIn=3600,
)
