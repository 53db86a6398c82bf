# loses: test_type_is_the_cheapest_that_is_large_enough
# Takes the type with the most memory.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
found = ec2.describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
instance_type = max(found, key=lambda t: (t["MemoryInfo"]["SizeInMiB"], t["InstanceType"]))["InstanceType"]
monthly_usd = round(prices[instance_type] * given.hours_per_day * given.days, 2)
