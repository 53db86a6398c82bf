# Filters on the state, too; terminates at the end; functions and sessions of the student's own; sorted backwards.
import boto3


def regions():
    answer = boto3.client("ec2").describe_regions(
        Filters=[{"Name": "opt-in-status", "Values": ["opt-in-not-required", "opted-in"]}]
    )
    return [r["RegionName"] for r in answer["Regions"]][::-1]


def running(ec2):
    answer = ec2.describe_instances(
        Filters=[
            {"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]},
            {"Name": "instance-state-name", "Values": ["running"]},
        ]
    )
    return sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])


clients = {name: boto3.session.Session(region_name=name).client("ec2") for name in regions()}
found = {name: running(ec2) for name, ec2 in clients.items()}
found = {name: ids for name, ids in found.items() if ids}
for name, ids in found.items():
    clients[name].terminate_instances(InstanceIds=ids)
