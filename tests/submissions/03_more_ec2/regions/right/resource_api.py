# %% [markdown]
# The resource API in two cells; every region is in the answer, most with an empty list.

# %% tags=["task"]
import boto3

regions = sorted(r["RegionName"] for r in boto3.client("ec2", region_name="us-west-2").describe_regions()["Regions"])
where = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
machines = {name: list(boto3.resource("ec2", region_name=name).instances.filter(Filters=where)) for name in regions}

# %%
found = {name: sorted(m.id for m in some) for name, some in machines.items()}
for some in machines.values():
    for machine in some:
        machine.terminate()
        machine.wait_until_terminated()
