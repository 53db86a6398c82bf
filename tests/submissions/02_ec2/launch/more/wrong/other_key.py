# loses: test_key_is_the_given_one, test_your_code_waited
# Makes a key pair of its own and uses that one.
import boto3

ec2 = boto3.client("ec2")
ec2.create_key_pair(KeyName="my-own-key")
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName="my-own-key",
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = r["Instances"][0]["InstanceId"]
