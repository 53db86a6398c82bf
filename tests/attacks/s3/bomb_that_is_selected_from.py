# attack: 35
# does: works, then has the cloud unpack gzip that holds gigabytes, and read Parquet that is none
# run: finished
# earns: 10
# prints: MethodNotAllowed MethodNotAllowed
# with: work
work()
import gzip

import boto3

s3 = boto3.client("s3")
bucket = f"{given.bucket}-b"
s3.create_bucket(Bucket=bucket)
told = []
for body, kind in ((gzip.compress(bytes(10**7)), {"CSV": {}, "CompressionType": "GZIP"}), (b"PAR1" + b"\xff" * 1000 + b"PAR1", {"Parquet": {}})):
    s3.put_object(Bucket=bucket, Key="k", Body=body)
    try:
        s3.select_object_content(Bucket=bucket, Key="k", ExpressionType="SQL", Expression="SELECT * FROM s3object", InputSerialization=kind, OutputSerialization={"CSV": {}})
    except s3.exceptions.ClientError as error:
        told.append(error.response["Error"]["Code"])
s3.delete_object(Bucket=bucket, Key="k")
s3.delete_bucket(Bucket=bucket)
print(*told)
