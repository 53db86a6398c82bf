# loses: test_instances_of_other_regions_are_terminated, test_found_tells_what_ran
# Types in the regions that come to mind.
import boto3

found = {}
where = [{"Name": f"tag:{given.tag_key}", "Values": [given.tag_value]}]
for name in ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1"]:
    ec2 = boto3.client("ec2", region_name=name)
    answer = ec2.describe_instances(Filters=where)
    ids = sorted(i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"])
    if ids:
        found[name] = ids
        ec2.terminate_instances(InstanceIds=ids)
