# Makes a disk, an address and a group, to try, and gives them back.
import boto3

ec2 = boto3.client("ec2")

# 1. Find the ids of all instances with the tag. A paginator also works when there are thousands.
tagged = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
ids = [
    instance["InstanceId"]
    for page in ec2.get_paginator("describe_instances").paginate(Filters=tagged)
    for reservation in page["Reservations"]
    for instance in reservation["Instances"]
]
print(ids)

# 2. Lift their protection against termination.
for id in ids:
    ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})

# 3. Terminate them.
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)

volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)["VolumeId"]
ec2.get_waiter("volume_available").wait(VolumeIds=[volume])
ec2.delete_volume(VolumeId=volume)
ec2.release_address(AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])
group = ec2.create_security_group(GroupName="try", Description="try")["GroupId"]
ec2.delete_security_group(GroupId=group)
