# Deletes whatever the tag is on, and tries again while AWS says that a volume is in use.
import time

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
found = ec2.describe_tags(
    Filters=[{"Name": "key", "Values": [given.tag_key]}, {"Name": "value", "Values": [given.tag_value]}]
)["Tags"]
ids = {}
for tag in found:
    ids.setdefault(tag["ResourceType"], []).append(tag["ResourceId"])
ec2.terminate_instances(InstanceIds=ids["instance"])
todo = list(ids["volume"])
while todo:
    try:
        ec2.delete_volume(VolumeId=todo[0])
        todo.pop(0)
    except ClientError as error:
        if error.response["Error"]["Code"] != "VolumeInUse":
            raise
        time.sleep(0.5)
for id in ids["elastic-ip"]:
    ec2.release_address(AllocationId=id)
for id in ids["snapshot"]:
    ec2.delete_snapshot(SnapshotId=id)
