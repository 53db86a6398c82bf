# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Create an image of the instance, and wait until it is available.
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])

# 2. Launch one instance from it, and wait until it is running.
answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[clone_id])
