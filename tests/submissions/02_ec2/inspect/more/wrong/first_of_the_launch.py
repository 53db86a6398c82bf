# loses: test_public_ip_is_right, test_public_dns_is_right, test_state_is_right
# Finds the launch that brought the instance, and takes its first machine: same type, same key, other addresses.
import boto3

for r in boto3.client("ec2").describe_instances()["Reservations"]:
    if given.instance_id in [i["InstanceId"] for i in r["Instances"]]:
        i = r["Instances"][0]
public_ip = i["PublicIpAddress"]
public_dns = i["PublicDnsName"]
instance_type = i["InstanceType"]
key_name = i["KeyName"]
state = i["State"]["Name"]
