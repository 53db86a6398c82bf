# loses: test_the_table_holds_the_result
# Stores two numbers that nobody will understand in a year.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
values = []
for item in bucket.objects.filter(Prefix=given.prefix):
    values += [float(line.split(b",")[1]) for line in item.get()["Body"].read().splitlines()[1:]]
rows, mean = len(values), sum(values) / len(values)
bucket.put_object(Key=given.result_key, Body=f"{rows},{mean}".encode())
