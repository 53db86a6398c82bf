# loses: test_instances_of_the_default_region_are_terminated, test_an_instance_is_terminated, test_nothing_else_changed, test_instances_of_other_regions_are_terminated
# Ends all ids by one client, that of the default region: AWS refuses.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
boto3.client("ec2").terminate_instances(InstanceIds=[id for ids in found.values() for id in ids])
