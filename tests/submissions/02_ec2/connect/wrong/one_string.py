# loses: test_ssh_command_leads_to_an_instance
# Writes the command as one string.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
ec2.authorize_security_group_ingress(
    GroupId=i["SecurityGroups"][0]["GroupId"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=given.my_ip + "/32"
)
image = ec2.describe_images(ImageIds=[i["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command = f"ssh -i {given.key_file} {user}@{i['PublicIpAddress']}"
