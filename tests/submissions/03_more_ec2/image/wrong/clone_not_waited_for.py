# loses: test_your_code_waited_for_the_clone
# Waits for the image, and ends while the clone is pending.
import boto3

ec2 = boto3.client("ec2")
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])
answer = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[given.instance_id])
