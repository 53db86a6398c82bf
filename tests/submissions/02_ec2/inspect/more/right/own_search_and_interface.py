# Goes through all pages and compares ids; the address comes from the network interface, the state from another call.
import boto3

ec2 = boto3.client("ec2")
mine = None
for page in ec2.get_paginator("describe_instances").paginate():
    for reservation in page["Reservations"]:
        for instance in reservation["Instances"]:
            if instance["InstanceId"] == given.instance_id:
                mine = instance
public_ip = mine["NetworkInterfaces"][0]["Association"]["PublicIp"]
public_dns = mine["NetworkInterfaces"][0]["Association"]["PublicDnsName"]
instance_type = mine["InstanceType"]
key_name = mine.get("KeyName", "")
statuses = ec2.describe_instance_status(InstanceIds=[given.instance_id], IncludeAllInstances=True)
state = statuses["InstanceStatuses"][0]["InstanceState"]["Name"]
