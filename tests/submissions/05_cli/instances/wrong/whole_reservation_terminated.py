# loses: test_nothing_else_changed
# Ends all that was launched together with the old machine.
import boto3

ec2 = boto3.client("ec2")
new = ec2.run_instances(
    ImageId=given.IMAGE_ID,
    InstanceType=given.INSTANCE_TYPE,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": given.NAME}]}],
)["Instances"][0]["InstanceId"]
open("instance_id.txt", "w").write(new)
ec2.get_waiter("instance_running").wait(InstanceIds=[new])
for reservation in ec2.describe_instances()["Reservations"]:
    ids = [i["InstanceId"] for i in reservation["Instances"]]
    if given.OLD_INSTANCE_ID in ids:
        ec2.terminate_instances(InstanceIds=ids)
