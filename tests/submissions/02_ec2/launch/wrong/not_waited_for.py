# loses: test_your_code_waited
# Ends while the instance is still pending.
import boto3

ec2 = boto3.client("ec2")
launched = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = launched["Instances"][0]["InstanceId"]
