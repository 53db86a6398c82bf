# The address in a prefix list, which the rule names; everything for ssh in settings, and a command to run there.
import boto3

ec2 = boto3.client("ec2")
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
pl = ec2.create_managed_prefix_list(
    PrefixListName="me", MaxEntries=1, AddressFamily="IPv4", Entries=[{"Cidr": given.my_ip + "/32"}]
)["PrefixList"]["PrefixListId"]
ec2.authorize_security_group_ingress(
    GroupId=i["SecurityGroups"][0]["GroupId"],
    IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": pl}]}],
)
image = ec2.describe_images(ImageIds=[i["ImageId"]])["Images"][0]["Name"]
user = "ec2-user" if image.startswith("al2023") else "ubuntu" if image.startswith("ubuntu") else "admin"
ssh_command = ["ssh", f"-oUser={user}", "-o", f"IdentityFile=~/{given.key_file}", i["PublicDnsName"], "nproc", "--all"]
