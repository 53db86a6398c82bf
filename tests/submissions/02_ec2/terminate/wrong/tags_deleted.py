# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_a_tagged_instance_is_terminated, test_nothing_else_changed, test_protected_instance_is_terminated
# Takes the tag away instead of the instances, so that a look at the tags finds nothing.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
ec2.delete_tags(Resources=ids, Tags=[{"Key": given.tag_key}])
