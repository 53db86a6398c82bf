# loses: test_exactly_one_was_launched, test_your_code_waited
# Waits for "running" by launching again: each call is a new order.
import boto3

ec2 = boto3.client("ec2")
for attempt in range(3):
    r = ec2.run_instances(
        ImageId=given.image_id,
        InstanceType=given.instance_type,
        KeyName=given.key_name,
        MinCount=1,
        MaxCount=1,
    )
    instance_id = r["Instances"][0]["InstanceId"]
    if r["Instances"][0]["State"]["Name"] == "running":
        break
ec2.create_tags(Resources=[instance_id], Tags=[{"Key": "Name", "Value": given.name}])
