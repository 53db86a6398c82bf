# loses: test_found_holds_lists_of_ids, test_found_tells_what_ran
# Ends them first, and writes down what runs then.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        pass
        ec2.terminate_instances(InstanceIds=ids)
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    running = [*where, {"Name": "instance-state-name", "Values": ["running"]}]
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=running)
    found[name] = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
