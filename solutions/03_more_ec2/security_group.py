# %% tags=["task"]
import boto3

ec2 = boto3.client("ec2")

# 1. Create the group, and keep its ID.
answer = ec2.create_security_group(GroupName=given.group_name, Description="the notebook, from the institute")
group_id = answer["GroupId"]

# 2. Allow connections from the network to the port.
ec2.authorize_security_group_ingress(
    GroupId=group_id, IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr
)

# 3. Add the group to the instance.
found = ec2.describe_instances(InstanceIds=[given.instance_id])
groups = [group["GroupId"] for group in found["Reservations"][0]["Instances"][0]["SecurityGroups"]]
ec2.modify_instance_attribute(InstanceId=given.instance_id, Groups=[*groups, group_id])
