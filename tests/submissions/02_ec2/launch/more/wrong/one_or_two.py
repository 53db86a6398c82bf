# loses: test_exactly_one_was_launched
# Asks for at least one and at most two, and gets two.
import boto3

ec2 = boto3.resource("ec2")
machines = ec2.create_instances(
    ImageId=given.image_id, InstanceType=given.instance_type, KeyName=given.key_name, MinCount=1, MaxCount=2
)
machines[0].create_tags(Tags=[{"Key": "Name", "Value": given.name}])
machines[0].wait_until_running()
instance_id = machines[0].id
