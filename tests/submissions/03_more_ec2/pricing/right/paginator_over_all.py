# Goes through all types by the paginator, whatever the list says; pandas for the rest.
import boto3
import pandas as pd

ec2 = boto3.client("ec2", region_name="us-east-1")
rows = []
for page in ec2.get_paginator("describe_instance_types").paginate():
    for t in page["InstanceTypes"]:
        rows.append((t["InstanceType"], t["VCpuInfo"]["DefaultVCpus"], t["MemoryInfo"]["SizeInMiB"]))
types = pd.DataFrame(rows, columns=["instance_type", "vcpus", "mib"]).set_index("instance_type")
prices = pd.read_csv(given.prices_file, index_col="instance_type")
both = prices.join(types, how="inner").query("vcpus >= @given.min_vcpus and mib >= 1024 * @given.min_memory_gib")
instance_type = both["usd_per_hour"].idxmin()
monthly_usd = (both["usd_per_hour"].min() * given.hours_per_day * given.days).round(2)
