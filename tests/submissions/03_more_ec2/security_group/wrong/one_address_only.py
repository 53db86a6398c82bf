# loses: test_the_network_is_let_in
# Lets in the first address of the network alone.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id,
    IpProtocol="tcp",
    FromPort=given.port,
    ToPort=given.port,
    CidrIp=given.cidr.split("/")[0] + "/32",
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [group_id])
