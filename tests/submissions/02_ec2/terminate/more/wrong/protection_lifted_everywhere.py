# loses: test_nothing_else_changed
# Lifts the protection of every instance in the account, the database among them.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
for r in ec2.describe_instances()["Reservations"]:
    for i in r["Instances"]:
        ec2.modify_instance_attribute(InstanceId=i["InstanceId"], DisableApiTermination={"Value": False})
ec2.terminate_instances(InstanceIds=ids)
