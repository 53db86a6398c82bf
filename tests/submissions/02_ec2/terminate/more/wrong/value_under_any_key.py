# loses: test_nothing_else_changed
# Looks for the value and forgets the key.
import boto3

ec2 = boto3.resource("ec2")
for inst in ec2.instances.all():
    if given.tag_value in [t["Value"] for t in inst.tags or []]:
        inst.modify_attribute(DisableApiTermination={"Value": False})
        inst.terminate()
