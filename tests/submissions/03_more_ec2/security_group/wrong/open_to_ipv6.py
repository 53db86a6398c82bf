# loses: test_nobody_else_is_let_in
# Adds everybody with an IPv6 address to the network.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id,
    IpPermissions=[
        {
            "IpProtocol": "tcp",
            "FromPort": given.port,
            "ToPort": given.port,
            "IpRanges": [{"CidrIp": given.cidr}],
            "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
        }
    ],
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
