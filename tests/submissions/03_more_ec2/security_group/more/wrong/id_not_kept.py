# loses: test_group_id_is_of_the_new_group
# Does everything right, and leaves the answer at None.
import boto3

ec2 = boto3.client("ec2")
new = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=new, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in found["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=groups + [new])
group_id = None
