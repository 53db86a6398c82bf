# loses: test_the_mean_is_right
# Rounds the mean, as on a poster.
import boto3

s3 = boto3.client("s3")
values = []
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix):
    for item in page["Contents"]:
        text = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read().decode()
        values += [float(line.split(",")[1]) for line in text.splitlines()[1:]]
rows, mean = len(values), round(sum(values) / len(values), 2)
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
