# loses: test_instances_are_terminated
# Stops the instances: their root volumes go on costing.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
ec2.stop_instances(InstanceIds=ids)
ec2.get_waiter("instance_stopped").wait(InstanceIds=ids)
for v in vols:
    ec2.detach_volume(VolumeId=v)
ec2.get_waiter("volume_available").wait(VolumeIds=vols)
for v in vols:
    ec2.delete_volume(VolumeId=v)
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
for s in ec2.describe_snapshots(OwnerIds=["self"], Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
