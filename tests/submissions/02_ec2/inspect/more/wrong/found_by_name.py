# loses: test_a_value_is_of_this_instance, test_nothing_changed, test_public_ip_is_right, test_public_dns_is_right, test_instance_type_is_right, test_key_name_is_right, test_state_is_right
# Looks the name up, and then the first machine of that name.
import boto3

ec2 = boto3.client("ec2")
tags = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [given.instance_id]}])["Tags"]
i = ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": [tags[0]["Value"]]}])["Reservations"][0]["Instances"][0]
public_ip = i["PublicIpAddress"]
public_dns = i["PublicDnsName"]
instance_type = i["InstanceType"]
key_name = i["KeyName"]
state = i["State"]["Name"]
