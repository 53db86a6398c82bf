# A new group beside the old one, a rule with a description; host by name, options of ssh, the path in full.
import os
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
reservation = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]
instance = reservation["Instances"][0]
sg = ec2.create_security_group(GroupName="ssh-from-home", Description="ssh", VpcId=instance["VpcId"])["GroupId"]
ec2.authorize_security_group_ingress(
    GroupId=sg,
    IpPermissions=[
        {
            "IpProtocol": "tcp",
            "FromPort": 22,
            "ToPort": 22,
            "IpRanges": [{"CidrIp": f"{given.my_ip}/32", "Description": "my laptop"}],
        }
    ],
)
ec2.modify_instance_attribute(
    InstanceId=given.instance_id, Groups=[g["GroupId"] for g in instance["SecurityGroups"]] + [sg]
)
ssh_command = ["/usr/bin/ssh", "-i", os.path.abspath(given.key_file), "-o", "StrictHostKeyChecking=no", "-p", "22"]
image = ec2.describe_images(ImageIds=[instance["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command += [f"{user}@{instance['PublicDnsName']}"]
