# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find what belongs to the project: instances, volumes, addresses, snapshots.
tagged = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
reservations = ec2.describe_instances(Filters=tagged)["Reservations"]
instances = [instance["InstanceId"] for reservation in reservations for instance in reservation["Instances"]]
volumes = [volume["VolumeId"] for volume in ec2.describe_volumes(Filters=tagged)["Volumes"]]
addresses = [address["AllocationId"] for address in ec2.describe_addresses(Filters=tagged)["Addresses"]]
snapshots = [snapshot["SnapshotId"] for snapshot in ec2.describe_snapshots(Filters=tagged)["Snapshots"]]
print(instances, volumes, addresses, snapshots)

# 2. Delete or release them, in an order that works.
ec2.terminate_instances(InstanceIds=instances)
ec2.get_waiter("instance_terminated").wait(InstanceIds=instances)
for id in volumes:
    ec2.delete_volume(VolumeId=id)
for id in addresses:
    ec2.release_address(AllocationId=id)
for id in snapshots:
    ec2.delete_snapshot(SnapshotId=id)
