# loses: test_nothing_else_changed, test_found_tells_what_ran
# Forgets the filter: whatever runs in any region ends.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances()
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.terminate_instances(InstanceIds=ids)
