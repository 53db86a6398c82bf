# attack: 29
# does: hands in a link that another key has signed
# run: finished
# earns: 0
import boto3

other = boto3.client("s3", aws_access_key_id="AKIADRYCLOUDSTUDENT2", aws_secret_access_key="practice")
url = other.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": given.key}, ExpiresIn=3600)
