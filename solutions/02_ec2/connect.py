# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Describe the instance: its security group, its address, its image.
answer = ec2.describe_instances(InstanceIds=[given.instance_id])
instance = answer["Reservations"][0]["Instances"][0]
group = instance["SecurityGroups"][0]["GroupId"]
image = ec2.describe_images(ImageIds=[instance["ImageId"]])["Images"][0]["Name"]

# 2. Open port 22 for your address.
ec2.authorize_security_group_ingress(
    GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=f"{given.my_ip}/32"
)

# 3. Write the command.
users = {"al2023-ami": "ec2-user", "ubuntu/": "ubuntu", "debian-": "admin"}
user = next(name for start, name in users.items() if image.startswith(start))
ssh_command = ["ssh", "-i", given.key_file, f"{user}@{instance['PublicDnsName']}"]
