# loses: test_nothing_changed
# Gives the instance a tag, to find it by a filter.
import boto3

ec2 = boto3.client("ec2")
ec2.create_tags(Resources=[given.instance_id], Tags=[{"Key": "mine", "Value": "yes"}])
i = ec2.describe_instances(Filters=[{"Name": "tag:mine", "Values": ["yes"]}])["Reservations"][0]["Instances"][0]
public_ip = i["PublicIpAddress"]
public_dns = i["PublicDnsName"]
instance_type = i["InstanceType"]
key_name = i["KeyName"]
state = i["State"]["Name"]
