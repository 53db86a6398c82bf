# %% tags=["task"]
import boto3

found = {}

# For each Region: which instances have the tag? Save their IDs, and terminate them.
tagged = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for region in boto3.client("ec2").describe_regions()["Regions"]:
    name = region["RegionName"]
    ec2 = boto3.client("ec2", region_name=name)
    ids = [
        instance["InstanceId"]
        for page in ec2.get_paginator("describe_instances").paginate(Filters=tagged)
        for reservation in page["Reservations"]
        for instance in reservation["Instances"]
    ]
    if ids:
        found[name] = sorted(ids)
        ec2.terminate_instances(InstanceIds=ids)
print(found)
