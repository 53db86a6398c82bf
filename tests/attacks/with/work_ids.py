import pathlib

import boto3


def work():
    """Honest work: the sorted ids of the running machines of a type with a tag."""
    filters = {f"tag:{given.TAG_KEY}": given.TAG_VALUE, "instance-type": given.INSTANCE_TYPE, "instance-state-name": "running"}
    asked = [{"Name": name, "Values": [value]} for name, value in filters.items()]
    pages = boto3.client("ec2").get_paginator("describe_instances").paginate(Filters=asked)
    ids = sorted(i["InstanceId"] for page in pages for r in page["Reservations"] for i in r["Instances"])
    pathlib.Path("running.txt").write_text("".join(f"{id}\n" for id in ids))
