# Opens it to the world to try it, takes that rule back; makes a group with a wrong name and deletes it.
import boto3

ec2 = boto3.client("ec2")
wrong = ec2.create_security_group(GroupName=given.group_name + "-test", Description="x")["GroupId"]
ec2.delete_security_group(GroupId=wrong)
group_id = ec2.create_security_group(GroupName=given.group_name, Description="x")["GroupId"]
rule = {"IpProtocol": "tcp", "FromPort": given.port, "ToPort": given.port}
ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[{**rule, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
ec2.revoke_security_group_ingress(GroupId=group_id, IpPermissions=[{**rule, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[{**rule, "IpRanges": [{"CidrIp": given.cidr}]}])
instance = boto3.resource("ec2").Instance(given.instance_id)
before = [g["GroupId"] for g in instance.security_groups]
instance.modify_attribute(Groups=[group_id])
instance.modify_attribute(Groups=before + [group_id])
