# Launches, sees that the type is wrong, terminates that one and launches the right one: one is left.
import boto3

ec2 = boto3.resource("ec2")
wrong = ec2.create_instances(ImageId=given.image_id, InstanceType="t3.large", KeyName=given.key_name, MinCount=1, MaxCount=1)
if wrong[0].instance_type != given.instance_type:
    wrong[0].terminate()
    wrong[0].wait_until_terminated()
right = ec2.create_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=1
)
right[0].create_tags(Tags=[{"Key": "Name", "Value": given.name}])
right[0].wait_until_running()
instance_id = right[0].instance_id
