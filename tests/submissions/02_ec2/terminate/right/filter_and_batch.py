# Client, tag filter, one call for all ids after lifting the protection of each.
import boto3

client = boto3.client("ec2", region_name="us-east-1")
resp = client.describe_instances(
    Filters=[
        {"Name": "tag:" + given.tag_key, "Values": [given.tag_value]},
        {"Name": "instance-state-name", "Values": ["pending", "running", "stopping", "stopped"]},
    ]
)
to_kill = []
for r in resp["Reservations"]:
    for i in r["Instances"]:
        to_kill.append(i["InstanceId"])
for iid in to_kill:
    client.modify_instance_attribute(InstanceId=iid, Attribute="disableApiTermination", Value="false")
print("terminating", len(to_kill), "instances")
client.terminate_instances(InstanceIds=to_kill)
