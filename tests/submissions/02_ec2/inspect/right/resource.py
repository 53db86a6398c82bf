# Resource API.
import boto3

machine = boto3.resource("ec2").Instance(given.instance_id)
machine.wait_until_exists()
public_ip = machine.public_ip_address
public_dns = machine.public_dns_name
instance_type = machine.instance_type
key_name = machine.key_name
state = machine.state["Name"]
