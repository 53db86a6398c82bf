# Client and the module csv; the cheapest type; the result by way of a file; rounded to two decimals.
import collections
import csv

import boto3

ec2 = boto3.client("ec2")
s3 = boto3.client("s3")

with open(given.prices_file) as file:
    prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(file)}
cheapest = min(prices, key=prices.get)
r = ec2.run_instances(ImageId=given.image_id, InstanceType=cheapest, MinCount=1, MaxCount=1)
instance_id = r["Instances"][0]["InstanceId"]

s3.download_file(given.bucket, given.dataset_key, "data.csv")
values = collections.defaultdict(list)
with open("data.csv", newline="") as file:
    for row in csv.DictReader(file):
        values[row["group"]].append(float(row["value"]))
with open("means.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["group", "mean"])
    for group in sorted(values):
        writer.writerow([group, round(sum(values[group]) / len(values[group]), 2)])
s3.upload_file("means.csv", given.bucket, given.result_key)

ec2.terminate_instances(InstanceIds=[instance_id])
