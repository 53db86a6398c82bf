# loses: test_the_network_is_let_in, test_nobody_else_is_let_in, test_no_other_port_is_opened
# Opens the port for UDP, which no notebook speaks.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="udp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
