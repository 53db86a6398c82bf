# loses: test_clone_starts_from_the_image
# Launches from the image that the original was launched from.
import boto3

ec2 = boto3.client("ec2")
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])
original = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
answer = ec2.run_instances(ImageId=original["ImageId"], InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[clone_id])
