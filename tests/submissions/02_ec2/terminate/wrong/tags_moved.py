# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_a_tagged_instance_is_terminated, test_nothing_else_changed, test_protected_instance_is_terminated
# Moves the tag to the other instances and terminates those; a look at the tags afterwards would be content.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
every = [i["InstanceId"] for r in ec2.describe_instances()["Reservations"] for i in r["Instances"]]
others = [i for i in every if i not in ids]
ec2.delete_tags(Resources=ids, Tags=[{"Key": given.tag_key}])
ec2.create_tags(Resources=others, Tags=[{"Key": given.tag_key, "Value": given.tag_value}])
for id in others:
    ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[id])
