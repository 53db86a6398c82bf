# attack: 27
# does: works, then has the cloud copy one large object again and again, and makes parts of uploads of it
# run: raised or timed_out
# earns: 8
# with: work
work()
import boto3

s3 = boto3.client("s3")
s3.put_object(Bucket=given.bucket, Key="large", Body=b"x" * (4 * 1024**2 - 1))
source = {"Bucket": given.bucket, "Key": "large"}
upload = s3.create_multipart_upload(Bucket=given.bucket, Key="parts")["UploadId"]
for n in range(1, 1000):
    s3.copy_object(Bucket=given.bucket, Key=f"{given.prefix}{n}", CopySource=source)
    s3.upload_part_copy(Bucket=given.bucket, Key="parts", PartNumber=n, UploadId=upload, CopySource=source)
