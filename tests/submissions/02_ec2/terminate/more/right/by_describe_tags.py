# Starts from the tags instead of the instances, and ends with leaving the process: all is done by then.
import os

import boto3

session = boto3.session.Session(region_name="us-east-1")
ec2 = session.client("ec2")
tags = ec2.describe_tags(
    Filters=[
        {"Name": "resource-type", "Values": ["instance"]},
        {"Name": "key", "Values": [given.tag_key]},
        {"Name": "value", "Values": [given.tag_value]},
    ]
)["Tags"]
for tag in tags:
    machine = session.resource("ec2").Instance(tag["ResourceId"])
    machine.modify_attribute(DisableApiTermination={"Value": False})
    machine.terminate()
os._exit(0)
