# Sleeps for as long as a machine takes: a guess, but the machine runs.
import time

import boto3

ec2 = boto3.resource("ec2")
[machine] = ec2.create_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1
)
machine.create_tags(Tags=[{"Key": "Name", "Value": given.name}])
time.sleep(15)
instance_id = machine.id
