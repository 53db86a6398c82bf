# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated
# Takes the first reservation for the whole answer.
import boto3

ec2 = boto3.client("ec2")
answer = ec2.describe_instances(Filters=[{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}])
for instance in answer["Reservations"][0]["Instances"]:
    ec2.modify_instance_attribute(InstanceId=instance["InstanceId"], DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
