# loses: test_nothing_else_changed
# Uses a wildcard in the filter, which also finds values that only begin like the right one.
import boto3

ec2 = boto3.client("ec2")
found = ec2.describe_instances(Filters=[{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value + "*"]}])
for r in found["Reservations"]:
    for i in r["Instances"]:
        ec2.modify_instance_attribute(InstanceId=i["InstanceId"], DisableApiTermination={"Value": False})
        ec2.terminate_instances(InstanceIds=[i["InstanceId"]])
