import time

import boto3

boto3.client("s3").create_bucket(Bucket=given.bucket)
while True:
    time.sleep(60)
