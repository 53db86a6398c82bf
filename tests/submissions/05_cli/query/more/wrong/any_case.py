# loses: test_only_tagged_ones_are_in_the_file
# Compares key and value without regard to capital letters.
import boto3

found = []
for instance in boto3.resource("ec2").instances.filter(Filters=[{"Name": "instance-type", "Values": [given.INSTANCE_TYPE]}]):
    tags = {tag["Key"].lower(): tag["Value"].lower() for tag in instance.tags or []}
    if instance.state["Name"] == "running" and tags.get(given.TAG_KEY) == given.TAG_VALUE:
        found.append(instance.id)
open("running.txt", "w").write("\n".join(sorted(found)))
