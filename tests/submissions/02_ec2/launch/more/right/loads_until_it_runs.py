# Loads the resource again until it runs.
import time

import boto3

ec2 = boto3.resource("ec2")
[machine] = ec2.create_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1
)
ec2.create_tags(Resources=[machine.id], Tags=[{"Key": "Name", "Value": given.name}])
while machine.state["Name"] == "pending":
    time.sleep(0.4)
    machine.load()
instance_id = machine.instance_id
