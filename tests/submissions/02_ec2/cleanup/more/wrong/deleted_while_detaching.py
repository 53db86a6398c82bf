# loses: test_volumes_are_deleted
# Detaches the volumes and deletes them at once: they are detaching still, and what AWS says is ignored.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
for v in ec2.describe_volumes(Filters=flt)["Volumes"]:
    ec2.detach_volume(VolumeId=v["VolumeId"])
    try:
        ec2.delete_volume(VolumeId=v["VolumeId"])
    except ec2.exceptions.ClientError:
        pass
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
for s in ec2.describe_snapshots(OwnerIds=["self"], Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
