# A link that tells the browser what to call the file; a few seconds more than an hour, for the time of the mail.
import boto3

seconds_per_hour = 3600
s3 = boto3.client("s3", region_name="us-east-1", config=boto3.session.Config(signature_version="s3v4"))
s3.head_object(Bucket=given.bucket, Key=given.key)
url = s3.generate_presigned_url(
    "get_object",
    Params={
        "Bucket": given.bucket,
        "Key": given.key,
        "ResponseContentDisposition": f'attachment; filename="{given.key.split("/")[-1]}"',
    },
    ExpiresIn=seconds_per_hour + 10,
)
