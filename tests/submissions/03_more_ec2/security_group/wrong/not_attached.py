# loses: test_instance_is_in_the_new_group
# Makes a good group, and puts nothing into it.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
