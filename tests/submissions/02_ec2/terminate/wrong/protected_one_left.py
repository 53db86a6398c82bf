# loses: test_protected_instance_is_terminated
# Ignores the refusal of AWS: the protected instance runs on.
import boto3

ec2 = boto3.client("ec2")
flt = [{"Name": "tag:" + given.tag_key, "Values": [given.tag_value]}]
ids = [i["InstanceId"] for r in ec2.describe_instances(Filters=flt)["Reservations"] for i in r["Instances"]]
for id in ids:
    try:
        ec2.terminate_instances(InstanceIds=[id])
    except Exception as e:
        print("could not terminate", id, e)
