# loses: test_instance_keeps_its_groups
# The same by the network interface.
import boto3

ec2 = boto3.client("ec2")
group_id = ec2.create_security_group(GroupName=given.group_name, Description="notebook")["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)
found = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
nic = found["NetworkInterfaces"][0]["NetworkInterfaceId"]
ec2.modify_network_interface_attribute(NetworkInterfaceId=nic, Groups=[group_id])
