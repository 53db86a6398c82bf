import boto3

ec2 = boto3.client("ec2")


def work(sources=None):
    """Honest work: let the network in, or whatever else these sources are."""
    global group_id
    instance = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
    words = {"GroupName": given.group_name, "Description": "visitors", "VpcId": instance["VpcId"]}
    group_id = ec2.create_security_group(**words)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": given.port, "ToPort": given.port}
    rule |= sources or {"IpRanges": [{"CidrIp": given.cidr}]}
    ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[rule])
    groups = [group["GroupId"] for group in instance["SecurityGroups"]]
    ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=[*groups, group_id])
