# loses: test_nothing_else_changed
# Takes snapshots of the volumes before it deletes them, to be on the safe side: that is a bill again.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
for s in ec2.describe_snapshots(OwnerIds=["self"], Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
for v in vols:
    ec2.create_snapshot(VolumeId=v, Description="just in case")
    ec2.delete_volume(VolumeId=v)
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
