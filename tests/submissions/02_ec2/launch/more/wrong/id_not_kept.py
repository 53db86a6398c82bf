# loses: test_a_new_instance_runs, test_your_code_waited
# Launches the right machine, prints its id, and leaves the variable of the stub at None.
import boto3

ec2 = boto3.client("ec2")
instance_id = None
r = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
print(r["Instances"][0]["InstanceId"])
