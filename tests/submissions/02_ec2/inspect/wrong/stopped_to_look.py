# loses: test_state_is_right, test_nothing_changed, test_public_ip_is_right, test_public_dns_is_right
# Stops the machine and then looks.
import boto3

ec2 = boto3.client("ec2")
ec2.stop_instances(InstanceIds=[given.instance_id])
i = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
public_ip = i.get("PublicIpAddress", "0.0.0.0")
public_dns = i.get("PublicDnsName")
instance_type = i["InstanceType"]
key_name = i["KeyName"]
state = i["State"]["Name"]
