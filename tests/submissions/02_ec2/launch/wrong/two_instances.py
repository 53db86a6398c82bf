# loses: test_exactly_one_was_launched
# Orders two instances at once.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=2,
    MaxCount=2,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = r["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[i["InstanceId"] for i in r["Instances"]])
