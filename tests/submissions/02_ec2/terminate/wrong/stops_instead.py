# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_a_tagged_instance_is_terminated, test_nothing_else_changed, test_protected_instance_is_terminated
# Stops the instances: they can be started again, and their disks go on costing money.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
for id in ids:
    ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})
ec2.stop_instances(InstanceIds=ids)
