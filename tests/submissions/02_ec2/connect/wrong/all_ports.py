# loses: test_no_other_port_is_opened
# Opens everything to its own address.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
ec2.authorize_security_group_ingress(
    GroupId=i["SecurityGroups"][0]["GroupId"],
    IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": given.my_ip + "/32"}]}],
)
image = ec2.describe_images(ImageIds=[i["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command = ["ssh", "-i", given.key_file, user + "@" + i["PublicIpAddress"]]
