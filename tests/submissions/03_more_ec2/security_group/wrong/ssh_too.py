# loses: test_no_other_port_is_opened
# Opens port 22 besides, which nobody asked for.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
for port in (given.port, 22):
    ec2.authorize_security_group_ingress(
        GroupId=group_id, IpProtocol="tcp", FromPort=port, ToPort=port, CidrIp=given.cidr
    )
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
