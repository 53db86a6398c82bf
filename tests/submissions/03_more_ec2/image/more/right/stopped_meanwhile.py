# Stops the original so that nothing is half written, and starts it again, which gives it another public address.
import boto3

ec2 = boto3.client("ec2")
ec2.stop_instances(InstanceIds=[given.instance_id])
ec2.get_waiter("instance_stopped").wait(InstanceIds=[given.instance_id])
image_id = ec2.create_image(InstanceId=given.instance_id, Name=given.image_name)["ImageId"]
ec2.get_waiter("image_available").wait(ImageIds=[image_id])
ec2.start_instances(InstanceIds=[given.instance_id])
ec2.get_waiter("instance_running").wait(InstanceIds=[given.instance_id])
launched = ec2.run_instances(ImageId=image_id, InstanceType=given.instance_type, MinCount=1, MaxCount=1)
clone_id = launched["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_status_ok").wait(InstanceIds=[clone_id])
