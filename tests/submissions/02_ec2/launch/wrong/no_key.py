# loses: test_key_is_the_given_one
# Forgets the key pair: the machine runs, and nobody gets in.
import boto3

ec2 = boto3.client("ec2")
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = r["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])
