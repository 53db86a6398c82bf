import csv

import boto3


def work():
    """Honest work: the cheapest type that is large enough, and what it costs."""
    global instance_type, monthly_usd
    with open(given.prices_file) as file:
        prices = {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(file)}
    found = boto3.client("ec2").describe_instance_types(InstanceTypes=sorted(prices))["InstanceTypes"]
    enough = [
        one["InstanceType"]
        for one in found
        if one["VCpuInfo"]["DefaultVCpus"] >= given.min_vcpus
        and one["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024
    ]
    instance_type = min(enough, key=prices.__getitem__)
    monthly_usd = round(prices[instance_type] * given.hours_per_day * given.days, 2)
