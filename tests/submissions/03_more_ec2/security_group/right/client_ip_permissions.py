# Client, the rule as IpPermissions with a description, the group's place taken from the instance.
import boto3

ec2 = boto3.client("ec2", region_name="us-east-1")
instance = ec2.describe_instances(InstanceIds=[given.instance_id])["Reservations"][0]["Instances"][0]
new = ec2.create_security_group(
    GroupName=given.group_name,
    Description="Jupyter, institute only",
    VpcId=instance["VpcId"],
    TagSpecifications=[{"ResourceType": "security-group", "Tags": [{"Key": "owner", "Value": "me"}]}],
)
ec2.authorize_security_group_ingress(
    GroupId=new["GroupId"],
    IpPermissions=[
        {
            "IpProtocol": "tcp",
            "FromPort": given.port,
            "ToPort": given.port,
            "IpRanges": [{"CidrIp": given.cidr, "Description": "institute"}],
        }
    ],
)
ec2.modify_instance_attribute(
    InstanceId=given.instance_id, Groups=[g["GroupId"] for g in instance["SecurityGroups"]] + [new["GroupId"]]
)
group_id = new["GroupId"]
