# loses: test_volumes_are_deleted
# Does not wait until the instances are terminated: they still hold their volumes, and the errors are ignored.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
ec2.terminate_instances(InstanceIds=ids)
for v in vols:
    try:
        ec2.delete_volume(VolumeId=v)
    except ec2.exceptions.ClientError:
        continue
for a in ec2.describe_addresses(Filters=flt)["Addresses"]:
    ec2.release_address(AllocationId=a["AllocationId"])
for s in ec2.describe_snapshots(OwnerIds=["self"], Filters=flt)["Snapshots"]:
    ec2.delete_snapshot(SnapshotId=s["SnapshotId"])
