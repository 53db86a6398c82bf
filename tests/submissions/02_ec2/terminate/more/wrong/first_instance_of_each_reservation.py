# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated
# Takes one instance of each launch, where a launch may have brought several.
import boto3

ec2 = boto3.client("ec2")
answer = ec2.describe_instances(Filters=[{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}])
for reservation in answer["Reservations"]:
    instance = reservation["Instances"][0]
    ec2.modify_instance_attribute(InstanceId=instance["InstanceId"], DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
