# Does not wait for the image, but tries to launch again while AWS refuses; a first image with a wrong name is taken back whole.
import time

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
wrong = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name + "-wrong")["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[wrong])
disks = ec2.describe_images(ImageIds=[wrong])["Images"][0]["BlockDeviceMappings"]
ec2.deregister_image(ImageId=wrong)
for disk in disks:
    ec2.delete_snapshot(SnapshotId=disk["Ebs"]["SnapshotId"])

image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
clone_id = None
while clone_id is None:
    try:
        answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
        clone_id = answer["Instances"][0]["InstanceId"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidAMIID.Unavailable":
            raise
        time.sleep(0.5)

machine = boto3.resource("ec2").Instance(clone_id)
while machine.state["Name"] != "running":
    time.sleep(0.5)
    machine.reload()
