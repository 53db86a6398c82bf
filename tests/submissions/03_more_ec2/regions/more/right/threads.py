# All regions at once, in threads; by describe_tags.
from concurrent.futures import ThreadPoolExecutor

import boto3

names = [r["RegionName"] for r in boto3.client("ec2").describe_regions(AllRegions=False)["Regions"]]
clients = {name: boto3.client("ec2", region_name=name) for name in names}


def clean(name):
    tags = clients[name].describe_tags(
        Filters=[
            {"Name": "resource-type", "Values": ["instance"]},
            {"Name": "key", "Values": [given.tag_key]},
            {"Name": "value", "Values": [given.tag_value]},
        ]
    )["Tags"]
    ids = sorted(tag["ResourceId"] for tag in tags)
    if ids:
        clients[name].terminate_instances(InstanceIds=ids)
    return ids


with ThreadPoolExecutor(4) as pool:
    found = dict(zip(names, pool.map(clean, names)))
