# loses: test_all_rows_are_counted, test_the_mean_is_right
# Takes the slash off the prefix, and so reads the trial data too.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
values = []
for item in bucket.objects.filter(Prefix=given.prefix.rstrip("/")):
    lines = item.get()["Body"].read().decode().splitlines()
    values.extend(float(line.split(",")[1]) for line in lines[1:])
rows = len(values)
mean = sum(values) / rows
bucket.put_object(Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
