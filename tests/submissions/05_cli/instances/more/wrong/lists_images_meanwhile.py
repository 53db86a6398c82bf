# loses: test_the_old_one_stayed_until_the_new_one_ran
# Asks for something else between the two: images, regions, and instances that run under another name.
from pathlib import Path

import boto3

ec2 = boto3.client("ec2")
tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.NAME}]}]
launched = ec2.run_instances(
    ImageId=given.IMAGE_ID, InstanceType=given.INSTANCE_TYPE, MinCount=1, MaxCount=1, TagSpecifications=tags
)
Path("instance_id.txt").write_text(launched["Instances"][0]["InstanceId"])
ec2.describe_images(ImageIds=[given.IMAGE_ID])
ec2.describe_regions()
ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": ["web"]}])
ec2.terminate_instances(InstanceIds=[given.OLD_INSTANCE_ID])
