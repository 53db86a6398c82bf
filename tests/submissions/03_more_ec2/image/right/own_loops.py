# Loops of the student's own instead of waiters, and no restart of the original.
import time

import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")


def image_state(image):
    return ec2.describe_images(ImageIds=[image])["Images"][0]["State"]


def instance_state(instance):
    return ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]["State"]["Name"]


image_id = ec2.create_image(
    InstanceId=given.instance_id, Name=given.image_name, Description="as of today", NoReboot=True
)["ImageId"]
while image_state(image_id) != "available":
    time.sleep(0.3)
clone_id = ec2.run_instances(
    ImageId=image_id, InstanceType=given.instance_type, MaxCount=1, MinCount=1
)["Instances"][0]["InstanceId"]
while instance_state(clone_id) == "pending":
    time.sleep(0.3)
