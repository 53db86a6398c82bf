# A group of its own, given to the network interface; the address in another form of the same range.
import ipaddress
import boto3

ec2 = boto3.resource("ec2")
machine = ec2.Instance(given.instance_id)
nic = machine.network_interfaces[0]
group = machine.vpc.create_security_group(GroupName="only-me", Description="ssh for me")
network = ipaddress.ip_network(given.my_ip)
group.authorize_ingress(
    IpPermissions=[{"IpProtocol": "6", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": str(network)}]}]
)
nic.modify_attribute(Groups=[g["GroupId"] for g in nic.groups] + [group.id])
users = {"al2023-ami": "ec2-user", "ubuntu": "ubuntu", "debian": "admin"}
[login] = [user for start, user in users.items() if machine.image.name.startswith(start)]
ssh_command = ["ssh", "-i", given.key_file, "-l", login, nic.association_attribute["PublicDnsName"]]
