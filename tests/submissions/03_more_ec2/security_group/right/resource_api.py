# %% [markdown]
# The resource API, in three cells.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2")
group = ec2.create_security_group(GroupName=given.group_name, Description="notebook")
group_id = group.id

# %%
group.authorize_ingress(IpProtocol="tcp", FromPort=given.port, ToPort=given.port, CidrIp=given.cidr)

# %%
machine = ec2.Instance(given.instance_id)
machine.modify_attribute(Groups=[g["GroupId"] for g in machine.security_groups] + [group.group_id])
machine.reload()
print(machine.security_groups)
