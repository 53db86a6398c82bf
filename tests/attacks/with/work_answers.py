import boto3


def work():
    """Honest work: read the instance's values off."""
    global public_ip, public_dns, instance_type, key_name, state
    found = boto3.client("ec2").describe_instances(InstanceIds=[given.instance_id])
    one = found["Reservations"][0]["Instances"][0]
    public_ip, public_dns, key_name = one["PublicIpAddress"], one["PublicDnsName"], one["KeyName"]
    instance_type, state = one["InstanceType"], one["State"]["Name"]
