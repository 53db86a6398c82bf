# %% [markdown]
# Resource API in three cells, tag after the launch.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2", region_name="us-east-1")
[machine] = ec2.create_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    KeyName=given.key_name,
    MinCount=1,
    MaxCount=1,
)

# %%
machine.create_tags(Tags=[{"Key": "Name", "Value": given.name}])
machine.wait_until_running()
machine.reload()
print(machine.state, machine.public_ip_address)

# %%
instance_id = machine.id
