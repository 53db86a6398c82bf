"""Launching instances: what RunInstances takes, what it refuses, and what it makes."""

import base64
from typing import Any

from fidelity.table import Lab, Row

ABSENT = "0123456789abcdef0"


def run(lab: Lab, region: str = "us-east-1", **words: Any) -> list[dict[str, Any]]:
    """Launch one t3.micro, but for what `words` say (None leaves a word out): the instances of the answer."""
    words = {"ImageId": lab.image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, **words}
    words = {name: value for name, value in words.items() if value is not None}
    return list(lab.client("ec2", region).run_instances(**words)["Instances"])


def launched(lab: Lab, **words: Any) -> str:
    """Launch: "launched"."""
    run(lab, **words)
    return "launched"


def counted(lab: Lab, least: int, most: int) -> int:
    """How many are launched."""
    return len(run(lab, MinCount=least, MaxCount=most))


def image_of(lab: Lab, pattern: str) -> str:
    """An image whose name fits."""
    found = lab.ec2.describe_images(Filters=[{"Name": "name", "Values": [pattern]}])["Images"]
    return sorted(i["ImageId"] for i in found)[-1]


def arm(lab: Lab) -> str:
    return image_of(lab, "al2023-ami-2023*arm64")


def made_elsewhere(lab: Lab) -> str:
    """An image of the account's own in another region."""
    there = lab.client("ec2", "eu-west-1")
    instance = run(lab, "eu-west-1")[0]["InstanceId"]
    there.get_waiter("instance_running").wait(InstanceIds=[instance], WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    return launched(lab, ImageId=there.create_image(InstanceId=instance, Name=lab.name())["ImageId"])


def deregistered(lab: Lab) -> str:
    """Launch from an image that is no more."""
    image = lab.ec2.create_image(InstanceId=lab.launch()[0], Name=lab.name())["ImageId"]
    lab.ec2.deregister_image(ImageId=image)
    return launched(lab, ImageId=image)


def key(lab: Lab) -> str:
    name = lab.name("key")
    lab.ec2.create_key_pair(KeyName=name)
    return name


def with_key(lab: Lab) -> bool:
    name = key(lab)
    return bool(run(lab, KeyName=name)[0]["KeyName"] == name)


def user_data(lab: Lab) -> str:
    id = run(lab, UserData="#!/bin/sh\necho hé\n")[0]["InstanceId"]
    found = lab.ec2.describe_instance_attribute(InstanceId=id, Attribute="userData")["UserData"]["Value"]
    return base64.b64decode(found).decode()


def metadata(lab: Lab, **words: Any) -> tuple[str, int]:
    options = run(lab, **words)[0]["MetadataOptions"]
    return options["HttpTokens"], options["HttpPutResponseHopLimit"]


def by_parameter(lab: Lab, path: str, region: str = "us-east-1") -> str:
    """The name of the image that a parameter of Systems Manager stands for."""
    ec2 = lab.client("ec2", region)
    image = run(lab, region, ImageId=f"resolve:ssm:{path}")[0]["ImageId"]
    names = [i["Name"] for i in ec2.describe_images(ImageIds=[image])["Images"]]
    return str(names[0].rpartition("/")[2].split(".")[0].split("-server")[0])


LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"

ROWS = [
    # --- images and types ---------------------------------------------------------------------------------------------
    Row(
        9,
        "ec2",
        "run_instances from an image that is not there",
        lambda lab: launched(lab, ImageId=f"ami-{ABSENT}"),
        "error InvalidAMIID.NotFound",
        "error InvalidAMIID.NotFound",
        "EC, Q",
    ),
    Row(
        10,
        "ec2",
        'run_instances(ImageId="foo")',
        lambda lab: launched(lab, ImageId="foo"),
        "error InvalidAMIID.Malformed",
        "error InvalidAMIID.Malformed",
        "EC, Q",
    ),
    Row(
        10,
        "ec2",
        'run_instances(ImageId="ami-XYZ")',
        lambda lab: launched(lab, ImageId="ami-XYZ"),
        "error InvalidAMIID.Malformed",
        "error InvalidAMIID.NotFound",
        "EC, Q",
    ),
    Row(
        11,
        "ec2",
        "an image of another region",
        made_elsewhere,
        "error InvalidAMIID.NotFound",
        "error InvalidAMIID.NotFound",
        "EC",
    ),
    Row(
        12,
        "ec2",
        "run_instances without ImageId",
        lambda lab: launched(lab, ImageId=None),
        "error MissingParameter",
        "launched",
        "EC",
    ),
    Row(
        124,
        "ec2",
        "launch from a deregistered image",
        deregistered,
        "error InvalidAMIID.Unavailable",
        "launched",
        "EC, M",
    ),
    Row(
        13,
        "ec2",
        'run_instances(InstanceType="t9.gigantic")',
        lambda lab: launched(lab, InstanceType="t9.gigantic"),
        "error InvalidParameterValue",
        "launched",
        "GH getmoto/moto#1695",
    ),
    Row(
        14,
        "ec2",
        "a type for x86_64 with an image for arm64",
        lambda lab: launched(lab, ImageId=arm(lab)),
        "error InvalidParameterValue",
        "launched",
        "Q",
    ),
    Row(
        14,
        "ec2",
        "a type for arm64 with an image for x86_64",
        lambda lab: launched(lab, InstanceType="t4g.micro"),
        "error InvalidParameterValue",
        "launched",
        "Q",
    ),
    Row(
        14,
        "ec2",
        "a type for arm64 with an image for it",
        lambda lab: launched(lab, InstanceType="t4g.micro", ImageId=arm(lab)),
        "launched",
        "launched",
        "M",
    ),
    Row(
        15,
        "ec2",
        "no InstanceType: m1.small, which does not take images of today",
        lambda lab: launched(lab, InstanceType=None),
        "error InvalidParameterCombination",
        "launched",
        "GH saltstack/salt#26417, AppScale/appscale-tools#630",
    ),
    # --- how many -----------------------------------------------------------------------------------------------------
    Row(23, "ec2", "MinCount=1, MaxCount=3: as many as can be had", lambda lab: counted(lab, 1, 3), 3, 1, "M"),
    Row(
        24,
        "ec2",
        "MinCount=3, MaxCount=1",
        lambda lab: counted(lab, 3, 1),
        "error InvalidParameterValue",
        3,
        "U",
    ),
    Row(25, "ec2", "MinCount=0, MaxCount=0", lambda lab: counted(lab, 0, 0), "error InvalidParameterValue", 0, "U"),
    Row(0, "ec2", "MinCount=0, MaxCount=2", lambda lab: counted(lab, 0, 2), "error InvalidParameterValue", 0, "U"),
    # --- key pair and user data ---------------------------------------------------------------------------------------
    Row(
        16,
        "ec2",
        "run_instances with a key pair that is not there",
        lambda lab: launched(lab, KeyName="nope"),
        "error InvalidKeyPair.NotFound",
        "error InvalidKeyPair.NotFound",
        "Q",
    ),
    Row(16, "ec2", "run_instances with a key pair", with_key, True, True, "M"),
    Row(
        61,
        "ec2",
        "user data of 20,000 bytes",
        lambda lab: launched(lab, UserData="x" * 20_000),
        "error InvalidParameterValue",
        "launched",
        "Q",
    ),
    Row(
        61,
        "ec2",
        "user data of 16,384 bytes",
        lambda lab: launched(lab, UserData="x" * 16_384),
        "launched",
        "launched",
        "Q",
    ),
    Row(
        62,
        "ec2",
        "user data as plain text, and read again",
        user_data,
        "#!/bin/sh\necho hé\n",
        "#!/bin/sh\necho hé\n",
        "M",
    ),
    # --- more of images -----------------------------------------------------------------------------------------------
    Row(
        65,
        "ec2",
        "an image by Amazon's parameter",
        lambda lab: by_parameter(lab, LINUX),
        "al2023-ami-2023",
        "error InvalidAMIID.Malformed",
        "U",
    ),
    Row(
        65,
        "ec2",
        "an image by Canonical's parameter",
        lambda lab: by_parameter(lab, UBUNTU),
        "ubuntu-noble-24",
        "error InvalidAMIID.Malformed",
        "U",
    ),
    Row(
        65,
        "ec2",
        "an image by a parameter that is not there",
        lambda lab: by_parameter(lab, "/my/own"),
        "error InvalidParameterValue",
        "error InvalidAMIID.Malformed",
        "U",
    ),
    Row(161, "ec2", "metadata of Amazon Linux 2023: by token", metadata, ("required", 2), ("optional", 1), "U"),
    Row(
        161,
        "ec2",
        "metadata of Amazon Linux 2023 without token, if asked for",
        lambda lab: metadata(lab, MetadataOptions={"HttpTokens": "optional"})[0],
        "optional",
        "optional",
        "M",
    ),
]
