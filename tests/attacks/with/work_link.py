import boto3


def work():
    """Honest work: a link that holds for an hour."""
    global url
    s3 = boto3.client("s3")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=3600)
