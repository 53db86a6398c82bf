# loses: test_type_is_large_enough, test_type_is_the_cheapest_that_is_large_enough
# Asks for all types without a paginator: AWS tells the first hundred, and none of them fits; then takes the cheapest of all.
import csv

import boto3

ec2 = boto3.client("ec2")
prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(open(given.prices_file))}
enough = [
    t["InstanceType"]
    for t in ec2.describe_instance_types()["InstanceTypes"]
    if t["InstanceType"] in prices
    and t["VCpuInfo"]["DefaultVCpus"] >= given.min_vcpus
    and t["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024
]
instance_type = min(enough or prices, key=prices.get)
monthly_usd = round(prices[instance_type] * given.hours_per_day * given.days, 2)
