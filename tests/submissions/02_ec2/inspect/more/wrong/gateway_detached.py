# loses: test_nothing_changed
# Detaches the internet gateway.
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

for gateway in ec2.describe_internet_gateways()["InternetGateways"]:
    network = gateway["Attachments"][0]["VpcId"]
    ec2.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=network)
