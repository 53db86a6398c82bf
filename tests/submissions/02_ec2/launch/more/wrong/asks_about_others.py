# loses: test_your_code_waited
# Asks which machines run of those that were there, and about the disk of its own.
import boto3

ec2 = boto3.client("ec2")
there = [i["InstanceId"] for r in ec2.describe_instances()["Reservations"] for i in r["Instances"]]
answer = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)
instance_id = answer["Instances"][0]["InstanceId"]
ec2.get_waiter("instance_exists").wait(InstanceIds=there)
ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}])
