# loses: test_instance_keeps_its_groups
# Sets the list of groups to the new one alone.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=[group_id])
