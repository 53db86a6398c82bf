# loses: test_a_rule_opens_port_22, test_you_can_reach_port_22, test_nothing_else_changed, test_nobody_else_is_let_in, test_no_other_port_is_opened
# Makes a new group, and forgets to put the instance into it.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
group = ec2.create_security_group(GroupName="mine", Description="ssh")["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=given.my_ip + "/32")
image = ec2.describe_images(ImageIds=[i["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command = ["ssh", "-i", given.key_file, user + "@" + i["PublicIpAddress"]]
