import boto3


def work(region="us-east-1"):
    """Honest work: terminate what has the tag."""
    ec2 = boto3.client("ec2", region_name=region)
    tagged = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
    found = ec2.describe_instances(Filters=tagged)["Reservations"]
    ids = [instance["InstanceId"] for launch in found for instance in launch["Instances"]]
    for id in ids:
        ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=ids)
    return ids
