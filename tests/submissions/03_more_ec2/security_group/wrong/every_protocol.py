# loses: test_no_other_port_is_opened
# Opens every protocol and port, to the right network.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id,
    IpPermissions=[{"IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": given.cidr}]}],
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
