# loses: test_instances_of_other_regions_are_terminated, test_found_tells_what_ran
# Goes through the regions and asks the default one each time.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2")
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.terminate_instances(InstanceIds=ids)
