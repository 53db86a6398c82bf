# loses: test_instances_are_terminated, test_volumes_are_deleted, test_addresses_are_released, test_snapshots_are_deleted
# Leaves the stopped instance, whose volume can then not be deleted: the run ends with an error.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
running = [{"Name": "instance-state-name", "Values": ["running"]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt + running)["Reservations"] for i in r["Instances"]]
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
for v in vols:
    ec2.delete_volume(VolumeId=v)
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
for s in ec2.describe_snapshots(OwnerIds=["self"], Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
