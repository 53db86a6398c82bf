# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Ask for the instance.
answer = ec2.describe_instances(InstanceIds=[given.instance_id])
instance = answer["Reservations"][0]["Instances"][0]

# 2. Take the values from the response.
public_ip = instance["PublicIpAddress"]
public_dns = instance["PublicDnsName"]
instance_type = instance["InstanceType"]
key_name = instance["KeyName"]
state = instance["State"]["Name"]
