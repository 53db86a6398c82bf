# %% tags=["task"]
import boto3
import pandas as pd

ec2 = boto3.client("ec2")

# 1. Read the price list.
prices = pd.read_csv(given.prices_file)

# 2. Which of its types are large enough, and which of these is the cheapest?
answer = ec2.describe_instance_types(InstanceTypes=list(prices["instance_type"]))
sizes = pd.DataFrame(
    {
        "instance_type": type["InstanceType"],
        "vcpus": type["VCpuInfo"]["DefaultVCpus"],
        "memory_gib": type["MemoryInfo"]["SizeInMiB"] / 1024,
    }
    for type in answer["InstanceTypes"]
)
table = prices.merge(sizes)
enough = table[(table["vcpus"] >= given.min_vcpus) & (table["memory_gib"] >= given.min_memory_gib)]
cheapest = enough.sort_values("usd_per_hour").iloc[0]
instance_type = cheapest["instance_type"]

# 3. What does the job cost in this month?
monthly_usd = round(cheapest["usd_per_hour"] * given.hours_per_day * given.days, 2)
