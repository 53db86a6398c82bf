# loses: test_public_ip_is_right, test_public_dns_is_right
# Takes the private address and name, which come first in the answer.
import boto3

i = boto3.client("ec2").describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
public_ip = i["PrivateIpAddress"]
public_dns = i["PrivateDnsName"]
instance_type = i["InstanceType"]
key_name = i["KeyName"]
state = i["State"]["Name"]
