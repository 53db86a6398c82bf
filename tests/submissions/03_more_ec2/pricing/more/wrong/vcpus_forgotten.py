# loses: test_type_is_large_enough, test_type_is_the_cheapest_that_is_large_enough
# Looks at the memory only.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
found = ec2.describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
enough = [t["InstanceType"] for t in found if t["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024]
instance_type = min(enough, key=prices.get)
monthly_usd = round(prices[instance_type] * given.hours_per_day * given.days, 2)
