# loses: test_nothing_else_changed
# Makes a new group and gives it to the instance instead of the old one: the website cannot be reached any more.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
group = ec2.create_security_group(GroupName="mine", Description="ssh")["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=given.my_ip + "/32")
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=[group])
image = ec2.describe_images(ImageIds=[i["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command = ["ssh", "-i", given.key_file, user + "@" + i["PublicIpAddress"]]
