import os

import boto3

ec2 = boto3.client("ec2")
ec2.run_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1
)
os._exit(0)
