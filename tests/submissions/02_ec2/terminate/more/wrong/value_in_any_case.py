# loses: test_nothing_else_changed
# Compares tag values without regard to capital letters: "Old" is not "old".
import boto3

ec2 = boto3.resource("ec2")
for instance in ec2.instances.all():
    for tag in instance.tags or []:
        if tag["Key"] == given.tag_key and tag["Value"].lower() == given.tag_value:
            instance.modify_attribute(DisableApiTermination={"Value": False})
            instance.terminate()
