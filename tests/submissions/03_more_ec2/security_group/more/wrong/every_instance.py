# loses: test_nothing_else_changed
# Puts every instance into the group, not only the given one.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
for machine in boto3.resource("ec2").instances.all():
    machine.modify_attribute(Groups=[g["GroupId"] for g in machine.security_groups] + [group_id])
