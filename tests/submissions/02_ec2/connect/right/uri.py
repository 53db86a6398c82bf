# Names user, host and port in one word, as a URI, and the key as a setting.
import boto3

ec2 = boto3.client("ec2")
instance = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
ec2.authorize_security_group_ingress(
    GroupId=instance["SecurityGroups"][0]["GroupId"],
    IpProtocol="tcp",
    FromPort=22,
    ToPort=22,
    CidrIp=f"{given.my_ip}/32",
)
image = ec2.describe_images(ImageIds=[instance["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
place = f"ssh://{user}@{instance['PublicDnsName']}:22"
ssh_command = ["ssh", "-o", f"IdentityFile={given.key_file}", place]
