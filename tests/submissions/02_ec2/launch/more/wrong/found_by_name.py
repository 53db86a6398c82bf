# loses: test_a_new_instance_runs, test_your_code_waited
# Launches the right machine, then looks its id up by name and finds an older one of that name.
import boto3

ec2 = boto3.client("ec2")
ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
found = ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": [given.name]}])
instance_id = found["Reservations"][0]["Instances"][0]["InstanceId"]
