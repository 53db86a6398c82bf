# The network as its two halves: together they are exactly it. Puts the instance in before there is a rule.
import ipaddress

import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
attribute = ec2.describe_instance_attribute(InstanceId=given.instance_id, Attribute="groupSet")
ec2.modify_instance_attribute(
    InstanceId=given.instance_id, Groups=[group_id] + [g["GroupId"] for g in attribute["Groups"]]
)
for half in ipaddress.ip_network(given.cidr).subnets():
    ec2.authorize_security_group_ingress(
        GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=str(half)
    )
