# No filter at all: reads every instance and compares the tags in Python; lifts the protection when AWS refuses.
import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")


def tags_of(instance):
    return {t["Key"]: t["Value"] for t in instance.get("Tags", [])}


def end(instance_id):
    try:
        ec2.terminate_instances(InstanceIds=[instance_id])
    except ClientError as error:
        if error.response["Error"]["Code"] != "OperationNotPermitted":
            raise
        ec2.modify_instance_attribute(InstanceId=instance_id, DisableApiTermination={"Value": False})
        ec2.terminate_instances(InstanceIds=[instance_id])


for page in ec2.get_paginator("describe_instances").paginate():
    for reservation in page["Reservations"]:
        for instance in reservation["Instances"]:
            if tags_of(instance).get(given.tag_key) == given.tag_value:
                end(instance["InstanceId"])
