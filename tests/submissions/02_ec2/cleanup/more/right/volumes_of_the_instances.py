# Finds the volumes by what the instances have, and those that will outlive them by their flag.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids, extra = [], []
for page in ec2.get_paginator("describe_instances").paginate(Filters=flt):
    for r in page["Reservations"]:
        for i in r["Instances"]:
            ids.append(i["InstanceId"])
            for device in i["BlockDeviceMappings"]:
                if not device["Ebs"]["DeleteOnTermination"]:
                    extra.append(device["Ebs"]["VolumeId"])
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("volume_available").wait(VolumeIds=extra)
for v in extra:
    ec2.delete_volume(VolumeId=v)
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
for s in ec2.describe_snapshots(Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
