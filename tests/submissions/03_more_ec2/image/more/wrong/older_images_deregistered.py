# loses: test_nothing_else_changed
# Takes back the older images of the machine, which nobody asked for.
import boto3

ec2 = boto3.client("ec2")
for old in ec2.describe_images(Owners=["self"])["Images"]:
    ec2.deregister_image(ImageId=old["ImageId"])
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])
answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[clone_id])
