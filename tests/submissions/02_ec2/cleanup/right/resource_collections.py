# %% [markdown]
# Resource API in two cells.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2")
project = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
machines = ec2.instances.filter(Filters=project)
machines.stop()
machines.terminate()
for machine in machines:
    machine.wait_until_terminated()

# %%
for volume in ec2.volumes.filter(Filters=project):
    if volume.state == "available":
        volume.delete()
for address in ec2.vpc_addresses.filter(Filters=project):
    address.release()
for snapshot in ec2.snapshots.filter(OwnerIds=["self"], Filters=project):
    snapshot.delete()
