# loses: test_all_rows_are_counted, test_the_mean_is_right
# Reads what one call lists: 1,000 objects, and not one more.
import boto3

s3 = boto3.client("s3")
values = []
for item in s3.list_objects_v2(Bucket=given.bucket, Prefix=given.prefix)["Contents"]:
    text = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read().decode()
    values += [float(line.split(",")[1]) for line in text.split()[1:]]
rows, mean = len(values), sum(values) / len(values)
s3.put_object(Bucket=given.bucket, Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n")
