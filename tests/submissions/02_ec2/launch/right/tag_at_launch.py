# Client API, tag in the same call, waiter.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[
        {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}, {"Key": "owner", "Value": "me"}]},
        {"ResourceType": "volume", "Tags": [{"Key": "owner", "Value": "me"}]},
    ],
)
instance_id = r["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
