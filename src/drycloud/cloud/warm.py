"""Warming moto and boto3 once, before forking: what is loaded here is free for every run."""

import contextlib
from typing import Any

from drycloud.cloud import upstream
from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.request.fields import known_fields


def warm_up(services: list[str]) -> None:
    """Apply our patches, and load models, templates and applications by using them; leaves a new, empty account."""
    upstream.apply()
    if "ec2" in services:
        _use_ec2(client("ec2"))
    if "s3" in services:
        _use_s3(client("s3"))
    if "sts" in services:
        client("sts").get_caller_identity()
    engine.known_regions()
    engine.reset()
    if "ec2" in services:
        client("ec2").describe_instances()  # makes the home region's backend, with its network


def _use_ec2(ec2: Any) -> None:
    image = ec2.describe_images()["Images"][0]["ImageId"]
    ec2.create_key_pair(KeyName="warm", KeyType="ed25519")
    launch = {"ImageId": image, "InstanceType": "t3.micro", "KeyName": "warm"}
    made = ec2.run_instances(**launch, **dict.fromkeys(("MinCount", "MaxCount"), 1))
    instance = made["Instances"][0]["InstanceId"]
    ec2.create_tags(Resources=[instance], Tags=[{"Key": "a", "Value": "b"}])
    ec2.describe_instances(Filters=[{"Name": "tag:a", "Values": ["b"]}])
    ec2.stop_instances(InstanceIds=[instance])
    ec2.start_instances(InstanceIds=[instance])
    ec2.terminate_instances(InstanceIds=[instance])
    for look in (
        ec2.describe_volumes,
        ec2.describe_security_groups,
        ec2.describe_key_pairs,
        ec2.describe_addresses,
    ):
        look()
    for operation in ("RunInstances", "DescribeInstances", "TerminateInstances", "CreateTags", "DescribeImages"):
        known_fields(operation)


def _use_s3(s3: Any) -> None:
    s3.create_bucket(Bucket="warm")
    s3.put_object(Bucket="warm", Key="a/b", Body=b"warm")
    s3.list_objects_v2(Bucket="warm")
    s3.get_object(Bucket="warm", Key="a/b")["Body"].read()
    with contextlib.suppress(s3.exceptions.ClientError):
        s3.head_object(Bucket="warm", Key="none")
    s3.list_buckets()
