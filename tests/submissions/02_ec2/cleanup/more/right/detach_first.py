# Detaches and deletes the volumes first; reads all and compares tags in Python; the instances come last, without waiting.
import boto3

client = boto3.client("ec2", region_name="us-east-1")


def ours(thing):
    return {"Key": given.tag_key, "Value": given.tag_value} in thing.get("Tags", [])


for s in client.describe_snapshots(OwnerIds=["self"])["Snapshots"]:
    if ours(s):
        client.delete_snapshot(SnapshotId=s["SnapshotId"])
for a in client.describe_addresses()["Addresses"]:
    if ours(a) and "AssociationId" not in a:
        client.release_address(AllocationId=a["AllocationId"])
for v in client.describe_volumes()["Volumes"]:
    if ours(v):
        for attachment in v["Attachments"]:
            client.detach_volume(VolumeId=v["VolumeId"], InstanceId=attachment["InstanceId"])
        client.get_waiter("volume_available").wait(VolumeIds=[v["VolumeId"]])
        client.delete_volume(VolumeId=v["VolumeId"])
for r in client.describe_instances()["Reservations"]:
    for i in r["Instances"]:
        if ours(i):
            client.terminate_instances(InstanceIds=[i["InstanceId"]])
