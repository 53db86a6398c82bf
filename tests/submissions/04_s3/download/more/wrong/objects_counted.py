# loses: test_the_data_set_is_read, test_most_of_it_was_read, test_there_are_two_numbers, test_nothing_else_changed, test_all_rows_are_counted, test_the_mean_is_right, test_the_table_holds_the_result
# Counts objects, and takes one of them for all.
import boto3

s3 = boto3.client("s3")
keys = [
    item["Key"]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix=given.prefix)
    for item in page["Contents"]
]
text = s3.get_object(Bucket=given.bucket, Key=keys[-1])["Body"].read().decode()
values = [float(line.split(",")[1]) for line in text.splitlines()[1:]]
rows, mean = len(keys), sum(values) / len(values)
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
