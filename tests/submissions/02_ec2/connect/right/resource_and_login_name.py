# Resource API; the user by -l behind the host; "-i" and its value in one word; a tuple.
import boto3

machine = boto3.resource("ec2").Instance(given.instance_id)
group = boto3.resource("ec2").SecurityGroup(machine.security_groups[0]["GroupId"])
group.authorize_ingress(IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=given.my_ip + "/32")
user = "ec2-user" if machine.image.name.startswith("al2023") else "ubuntu" if "ubuntu" in machine.image.name else "admin"
ssh_command = ("ssh", "-v", "-i./" + given.key_file, machine.public_ip_address, "-l", user)
