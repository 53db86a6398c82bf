# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_a_tagged_instance_is_terminated, test_nothing_else_changed, test_protected_instance_is_terminated
# Names all ids in one call without lifting the protection: AWS refuses the call, and the run ends with an error.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
ec2.terminate_instances(InstanceIds=ids)
