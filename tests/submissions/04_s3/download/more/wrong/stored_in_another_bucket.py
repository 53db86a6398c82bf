# loses: test_the_result_is_stored, test_the_table_holds_the_result
# Stores the table in a bucket of its own.
import boto3

s3 = boto3.client("s3")
values = []
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix):
    for item in page["Contents"]:
        text = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read().decode()
        values += [float(line.split(",")[1]) for line in text.splitlines()[1:]]
rows, mean = len(values), sum(values) / len(values)
s3.create_bucket(Bucket=f"{given.bucket}-results")
s3.put_object(Bucket=f"{given.bucket}-results", Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
