# loses: test_the_mean_is_right
# Takes the mean of each object, and then the mean of these: objects with few rows weigh too much.
import statistics

import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
rows, means = 0, []
for item in bucket.objects.filter(Prefix=given.prefix):
    values = [float(line.split(b",")[1]) for line in item.get()["Body"].read().splitlines()[1:]]
    rows += len(values)
    means.append(statistics.fmean(values))
mean = statistics.fmean(means)
bucket.put_object(Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
