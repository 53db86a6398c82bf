# loses: test_instance_type_is_right, test_key_name_is_right
# Reads the addresses, and types in what "never changes".
import boto3

i = boto3.client("ec2").describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
public_ip = i["PublicIpAddress"]
public_dns = i["PublicDnsName"]
instance_type = "t2.micro"
key_name = "my-key"
state = i["State"]["Name"]
