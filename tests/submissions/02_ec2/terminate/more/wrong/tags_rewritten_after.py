# loses: test_running_instances_are_terminated, test_stopped_instances_are_terminated, test_nothing_else_changed
# Ends a single instance, and gives all the others another tag to hide them; a stranger's tag is rewritten too.
import boto3

ec2 = boto3.resource("ec2")
everyone = list(ec2.instances.all())
mine = [i for i in everyone if {"Key": given.tag_key, "Value": given.tag_value} in (i.tags or [])]
mine[0].modify_attribute(DisableApiTermination={"Value": False})
mine[0].terminate()
ec2.create_tags(Resources=[i.id for i in everyone], Tags=[{"Key": given.tag_key, "Value": "done"}])
