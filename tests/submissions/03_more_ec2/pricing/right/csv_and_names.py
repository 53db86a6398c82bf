# csv, functions of the student's own, one call with the names of the list; not rounded.
import csv

import boto3


def read_prices(name):
    with open(name, newline="") as file:
        return {row["instance_type"]: float(row["usd_per_hour"]) for row in csv.DictReader(file)}


def fits(t):
    return (
        t["VCpuInfo"]["DefaultVCpus"] >= given.min_vcpus
        and t["MemoryInfo"]["SizeInMiB"] >= given.min_memory_gib * 1024
    )


prices = read_prices(given.prices_file)
found = boto3.client("ec2").describe_instance_types(InstanceTypes=list(prices))["InstanceTypes"]
usd, instance_type = min((prices[t["InstanceType"]], t["InstanceType"]) for t in found if fits(t))
monthly_usd = usd * given.hours_per_day * given.days
