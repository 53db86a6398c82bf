# Functions of the student's own, a hand-made loop for waiting, a dict of arguments, create_tags by the client.
import time

import boto3


def launch(image, kind, key):
    options = dict(ImageId=image, InstanceType=kind, KeyName=key)
    reply = boto3.client("ec2").run_instances(MaxCount=1, MinCount=1, **options)
    return reply["Instances"][0]["InstanceId"]


def state(id_):
    reply = boto3.client("ec2").describe_instances(InstanceIds=[id_])
    return reply["Reservations"][0]["Instances"][0]["State"]["Name"]


instance_id = launch(given.image_id, given.instance_type, given.key_name)
boto3.client("ec2").create_tags(Resources=[instance_id], Tags=[dict(Key="Name", Value=given.name)])
while state(instance_id) == "pending":
    time.sleep(0.5)
