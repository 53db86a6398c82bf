# loses: test_nothing_else_changed
# Makes a disk for the data, which is attached to nothing, and costs.
import boto3

ec2 = boto3.client("ec2")

# 1. Launch one instance, and give it its name.
answer = ec2.run_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.name}]}],
)

# 2. Keep its id.
instance_id = answer["Instances"][0]["InstanceId"]

# 3. Wait until it is running.
ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id])

zone = answer["Instances"][0]["Placement"]["AvailabilityZone"]
ec2.create_volume(AvailabilityZone=zone, Size=500)
