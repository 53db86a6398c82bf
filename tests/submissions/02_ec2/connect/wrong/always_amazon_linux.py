# loses: test_the_command_names_the_right_user
# Logs in as ec2-user, whatever the image is: in one of the worlds that is right.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
ec2.authorize_security_group_ingress(
    GroupId=i["SecurityGroups"][0]["GroupId"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp=given.my_ip + "/32"
)
ssh_command = ["ssh", "-i", given.key_file, "ec2-user@" + i["PublicDnsName"]]
