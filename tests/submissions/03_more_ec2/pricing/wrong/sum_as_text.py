# loses: test_monthly_usd_is_what_the_type_costs
# Answers with a text, dollar sign and all.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
found = ec2.describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
enough = [
    t["InstanceType"]
    for t in found
    if t["VCpuInfo"]["DefaultVCpus"] >= given.min_vcpus and t["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024
]
instance_type = min(enough, key=prices.get)
monthly_usd = f"${prices[instance_type] * given.hours_per_day * given.days:.2f}"
