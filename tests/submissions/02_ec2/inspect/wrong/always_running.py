# loses: test_state_is_right
# Reads everything off but the state: a machine with a public address must run, mustn't it?
import boto3

ec2 = boto3.client("ec2")
instance = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
public_ip, public_dns = instance["PublicIpAddress"], instance["PublicDnsName"]
instance_type, key_name = instance["InstanceType"], instance["KeyName"]
state = "running"
