# loses: test_state_is_right
# Leaves the state as the dict that it comes in.
import boto3

i = boto3.resource("ec2").Instance(given.instance_id)
public_ip, public_dns, instance_type, key_name = i.public_ip_address, i.public_dns_name, i.instance_type, i.key_name
state = i.state
