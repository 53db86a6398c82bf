# The address of the network interface, and the state by describe_instance_status.
import boto3

ec2 = boto3.client("ec2")
nics = ec2.describe_network_interfaces(Filters=[{"Name": "attachment.instance-id", "Values": [given.instance_id]}])
association = nics["NetworkInterfaces"][0]["Association"]
public_ip, public_dns = association["PublicIp"], association["PublicDnsName"]
status = ec2.describe_instance_status(InstanceIds=[given.instance_id], IncludeAllInstances=True)
state = status["InstanceStatuses"][0]["InstanceState"]["Name"]
machine = boto3.resource("ec2").Instance(given.instance_id)
instance_type, key_name = machine.instance_type, machine.key_pair.name
