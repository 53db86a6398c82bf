# loses: test_instances_of_the_default_region_are_terminated, test_an_instance_is_terminated, test_nothing_else_changed, test_instances_of_other_regions_are_terminated
# Takes the tag away instead of the machines.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.delete_tags(Resources=ids, Tags=[{"Key": given.tag_key}])
