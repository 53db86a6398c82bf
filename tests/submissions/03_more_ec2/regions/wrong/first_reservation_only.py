# loses: test_instances_of_the_default_region_are_terminated, test_instances_of_other_regions_are_terminated, test_found_tells_what_ran
# Takes the first reservation of each region.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"][:1] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.terminate_instances(InstanceIds=ids)
