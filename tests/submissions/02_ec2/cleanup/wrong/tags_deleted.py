# loses: test_instances_are_terminated, test_volumes_are_deleted, test_something_is_given_back, test_nothing_else_changed, test_addresses_are_released, test_snapshots_are_deleted
# Takes the tags away, so that a look for them finds nothing.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
every = [t["ResourceId"] for t in ec2.describe_tags(Filters=[{"Name": "value", "Values": [given.tag_value]}])["Tags"]]
ec2.delete_tags(Resources=every, Tags=[{"Key": given.tag_key}])
