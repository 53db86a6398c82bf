# loses: test_volumes_are_deleted, test_addresses_are_released, test_snapshots_are_deleted
# Terminates the instances, and takes that for all.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
vols = [v["VolumeId"] for v in ec2.describe_volumes(Filters=flt)["Volumes"]]
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
