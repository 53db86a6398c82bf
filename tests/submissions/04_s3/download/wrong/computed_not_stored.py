# loses: test_the_result_is_stored, test_the_table_holds_the_result
# Computes the result, and keeps it in a file of its own.
import boto3

s3 = boto3.client("s3")
values = []
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix):
    for item in page["Contents"]:
        text = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read().decode()
        values += [float(line.split(",")[1]) for line in text.splitlines()[1:]]
rows, mean = len(values), sum(values) / len(values)
with open("result.csv", "w") as file:
    file.write(f"rows,mean\n{rows},{mean}\n")
