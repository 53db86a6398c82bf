# Python: begins with the tags, asks for each instance by its id.
import boto3

ec2 = boto3.resource("ec2")
tags = ec2.meta.client.describe_tags(
    Filters=[
        {"Name": "resource-type", "Values": ["instance"]},
        {"Name": "key", "Values": [given.TAG_KEY]},
        {"Name": "value", "Values": [given.TAG_VALUE]},
    ]
)["Tags"]
machines = [ec2.Instance(tag["ResourceId"]) for tag in tags]
running = [m.id for m in machines if m.state["Name"] == "running" and m.instance_type == given.INSTANCE_TYPE]
with open("running.txt", "w") as file:
    file.write("\n".join(sorted(running)))
