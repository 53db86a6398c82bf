# loses: test_nothing_changed
# Allocates an address, to see what one looks like, and keeps it.
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for the instance.
answer = ec2.describe_instances(InstanceIds=[given.instance_id])
instance = answer["Reservations"][0]["Instances"][0]

# 2. Read the values off.
public_ip = instance["PublicIpAddress"]
public_dns = instance["PublicDnsName"]
instance_type = instance["InstanceType"]
key_name = instance["KeyName"]
state = instance["State"]["Name"]

ec2.allocate_address(Domain="vpc")
