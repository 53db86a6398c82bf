# loses: test_found_holds_lists_of_ids, test_found_tells_what_ran
# Answers with one list of all ids.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.terminate_instances(InstanceIds=ids)
found = sorted(id for ids in found.values() for id in ids)
