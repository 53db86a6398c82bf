# No filter: reads all instances of each region and compares the tags in Python; terminates one by one.
from collections import defaultdict

import boto3

found = defaultdict(list)
for region in boto3.client("ec2").describe_regions()["Regions"]:
    ec2 = boto3.client("ec2", region["RegionName"])
    for page in ec2.get_paginator("describe_instances").paginate():
        for reservation in page["Reservations"]:
            for instance in reservation["Instances"]:
                if {"Key": given.tag_key, "Value": given.tag_value} in instance.get("Tags", []):
                    found[region["RegionName"]].append(instance["InstanceId"])
                    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
for ids in found.values():
    ids.sort()
