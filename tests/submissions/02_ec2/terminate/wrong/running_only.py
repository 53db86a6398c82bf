# loses: test_stopped_instances_are_terminated
# Filters on the state "running", so that the stopped ones stay.
import boto3

ec2 = boto3.resource("ec2")
for instance in ec2.instances.filter(
    Filters=[
        {"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]},
        {"Name": "instance-state-name", "Values": ["running"]},
    ]
):
    instance.modify_attribute(DisableApiTermination={"Value": False})
    instance.terminate()
