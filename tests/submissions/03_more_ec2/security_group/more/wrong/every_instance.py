# loses: test_nothing_else_changed, test_instance_keeps_its_groups, test_the_network_is_let_in, test_nobody_else_is_let_in, test_no_other_port_is_opened
# Puts every instance into the group, not only the given one.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
for machine in boto3.resource("ec2").instances.all():
    machine.modify_attribute(Groups=[g["GroupId"] for g in machine.security_groups] + [group_id])
