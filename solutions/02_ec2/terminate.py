# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Find the IDs of all instances with the tag. A paginator also works when there are thousands.
tagged = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
ids = [
    instance["InstanceId"]
    for page in ec2.get_paginator("describe_instances").paginate(Filters=tagged)
    for reservation in page["Reservations"]
    for instance in reservation["Instances"]
]
print(ids)

# 2. Turn off their termination protection.
for id in ids:
    ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})

# 3. Terminate them.
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
