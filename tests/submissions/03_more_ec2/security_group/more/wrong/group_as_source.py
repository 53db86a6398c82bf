# loses: test_nobody_else_is_let_in
# Lets in the members of the old group besides, so that colleagues get in.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
ec2.authorize_security_group_ingress(
    GroupId=group_id,
    IpPermissions=[
        {
            "IpProtocol": "tcp",
            "FromPort": given.port,
            "ToPort": given.port,
            "UserIdGroupPairs": [{"GroupId": groups[0]}],
        }
    ],
)
