# %% [markdown]
# Resource API in three cells of the student's own, instance by instance.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2")
old = list(ec2.instances.filter(Filters=[{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]))

# %%
for instance in old:
    attribute = instance.describe_attribute(Attribute="disableApiTermination")
    if attribute["DisableApiTermination"]["Value"]:
        instance.modify_attribute(DisableApiTermination={"Value": False})
    instance.terminate()

# %%
for instance in old:
    instance.wait_until_terminated()
    print(instance.id, "is gone")
