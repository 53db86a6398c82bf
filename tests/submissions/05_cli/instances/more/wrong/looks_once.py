# loses: test_the_old_one_stayed_until_the_new_one_ran
# Looks once, in Python, right after the launch: the machine is pending, and the old one goes all the same.
from pathlib import Path

import boto3

ec2 = boto3.client("ec2")
tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.NAME}]}]
launched = ec2.run_instances(
    ImageId=given.IMAGE_ID, InstanceType=given.INSTANCE_TYPE, MinCount=1, MaxCount=1, TagSpecifications=tags
)
id = launched["Instances"][0]["InstanceId"]
Path("instance_id.txt").write_text(id)
ec2.describe_instances(InstanceIds=[id])
ec2.terminate_instances(InstanceIds=[given.OLD_INSTANCE_ID])
