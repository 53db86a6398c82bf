# By the network interface: its groups are the instance's; protocol as a number.
import boto3

client = boto3.client("ec2")


def interface_of(instance_id):
    found = client.describe_network_interfaces(
        Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}]
    )
    return found["NetworkInterfaces"][0]


group_id = client.create_security_group(GroupName=given.group_name, Description="nb")["GroupId"]
client.authorize_security_group_ingress(
    GroupId=group_id,
    IpPermissions=[
        {"IpProtocol": "6", "FromPort": given.port, "ToPort": given.port, "IpRanges": [{"CidrIp": given.cidr}]}
    ],
)
nic = interface_of(given.instance_id)
groups = {g["GroupId"] for g in nic["Groups"]} | {group_id}
client.modify_network_interface_attribute(NetworkInterfaceId=nic["NetworkInterfaceId"], Groups=sorted(groups))
