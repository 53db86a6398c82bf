"""Launching instances: what RunInstances takes, what it refuses, and what it makes."""

import base64
from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row

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


def other_network(lab: Lab) -> tuple[str, str]:
    """A subnet and a group of a VPC that is not the default one; it stays, but for itself in its region."""
    there = lab.client("ec2", "eu-west-1")
    vpc = there.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = there.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
    group = there.create_security_group(VpcId=vpc, GroupName=lab.name(), Description="x")["GroupId"]
    return subnet, group


def group_of_another_network(lab: Lab) -> str:
    run(lab, "eu-west-1", SecurityGroupIds=[other_network(lab)[1]])
    return "launched"


def in_another_network(lab: Lab) -> tuple[bool, bool]:
    """Whether an instance has its group and an address of its subnet."""
    subnet, group = other_network(lab)
    made = run(lab, "eu-west-1", SecurityGroupIds=[group], SubnetId=subnet)[0]
    return [g["GroupId"] for g in made["SecurityGroups"]] == [group], made["PrivateIpAddress"].startswith("10.9.1.")


def default_subnet(lab: Lab, zone: str = "us-east-1a") -> str:
    filters = [{"Name": "default-for-az", "Values": ["true"]}, {"Name": "availability-zone", "Values": [zone]}]
    return str(lab.ec2.describe_subnets(Filters=filters)["Subnets"][0]["SubnetId"])


def by_name(lab: Lab, **words: Any) -> bool:
    """Whether an instance has the group that is named."""
    name = lab.name()
    group = lab.ec2.create_security_group(GroupName=name, Description="x")["GroupId"]
    return [g["GroupId"] for g in run(lab, SecurityGroups=[name], **words)[0]["SecurityGroups"]] == [group]


def group_names(lab: Lab, **words: Any) -> tuple[list[str], list[str]]:
    """The names of a new instance's groups: by the answer, and by the next look."""
    made = run(lab, **words)[0]
    seen = lab.ec2.describe_instances(InstanceIds=[made["InstanceId"]])["Reservations"][0]["Instances"][0]
    return ([g["GroupName"] for g in made["SecurityGroups"]], [g["GroupName"] for g in seen["SecurityGroups"]])


def on_an_interface(lab: Lab) -> bool:
    """Whether an instance has the group that its interface is given, and a public address."""
    group = lab.ec2.create_security_group(GroupName=lab.name(), Description="x")["GroupId"]
    card = {"DeviceIndex": 0, "Groups": [group], "AssociatePublicIpAddress": True}
    made = run(lab, NetworkInterfaces=[{**card, "SubnetId": default_subnet(lab)}])[0]
    seen = lab.ec2.describe_instances(InstanceIds=[made["InstanceId"]])["Reservations"][0]["Instances"][0]
    return [g["GroupId"] for g in seen["SecurityGroups"]] == [group] and "PublicIpAddress" in seen


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


def address_asked_for(lab: Lab, address: str, twice: bool = False) -> str:
    for _ in range(1 + twice):
        run(lab, PrivateIpAddress=address, SubnetId=default_subnet(lab, "us-east-1f"))
    return "launched"


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
    # --- groups and subnets -------------------------------------------------------------------------------------------
    Row(
        17,
        "ec2",
        "SecurityGroupIds of a group that is not there",
        lambda lab: launched(lab, SecurityGroupIds=[f"sg-{ABSENT}"]),
        "error InvalidGroup.NotFound",
        "error InvalidGroup.NotFound",
        "EC",
    ),
    Row(
        18,
        "ec2",
        'SecurityGroupIds=["foo"]',
        lambda lab: launched(lab, SecurityGroupIds=["foo"]),
        "error InvalidGroupId.Malformed",
        "error InvalidGroup.NotFound",
        "Q",
    ),
    Row(
        19,
        "ec2",
        "SecurityGroups by a name that is not there",
        lambda lab: launched(lab, SecurityGroups=["nope"]),
        "error InvalidGroup.NotFound",
        NO_ANSWER,
        "EC",
    ),
    Row(
        19,
        "ec2",
        "SecurityGroups by id: a name is wanted",
        lambda lab: launched(lab, SecurityGroups=[f"sg-{ABSENT}"]),
        "error InvalidGroup.NotFound",
        NO_ANSWER,
        "Q",
    ),
    Row(19, "ec2", "SecurityGroups by name", by_name, True, True, "M"),
    Row(
        19,
        "ec2",
        "SecurityGroups by name together with SubnetId",
        lambda lab: by_name(lab, SubnetId=default_subnet(lab)),
        "error InvalidParameterCombination",
        True,
        "GH aws/aws-cli#2453",
    ),
    Row(
        20,
        "ec2",
        "a security group of another VPC, no subnet",
        group_of_another_network,
        "error InvalidParameter",
        "launched",
        "GH philschmid/efsync#16",
    ),
    Row(20, "ec2", "a security group and a subnet of one VPC", in_another_network, (True, True), (True, True), "M"),
    Row(
        21,
        "ec2",
        "a subnet that is not there",
        lambda lab: launched(lab, SubnetId=f"subnet-{ABSENT}"),
        "error InvalidSubnetID.NotFound",
        "error InvalidSubnetID.NotFound",
        "EC",
    ),
    Row(
        22,
        "ec2",
        "a zone of another region",
        lambda lab: launched(lab, Placement={"AvailabilityZone": "eu-west-1a"}),
        "error InvalidParameterValue",
        "error InvalidParameterValue",
        "U",
    ),
    Row(
        0,
        "ec2",
        "a type in a zone that does not have it",
        lambda lab: launched(lab, Placement={"AvailabilityZone": "us-east-1e"}),
        "error Unsupported",
        "launched",
        "EC",
    ),
    Row(
        0,
        "ec2",
        "an instance in a zone of the region",
        lambda lab: run(lab, Placement={"AvailabilityZone": "us-east-1c"})[0]["Placement"]["AvailabilityZone"],
        "us-east-1c",
        "us-east-1c",
        "M",
    ),
    Row(
        56,
        "ec2",
        "groups of an instance that was launched without: the default one",
        group_names,
        (["default"], ["default"]),
        ([], []),
        "M",
    ),
    Row(
        56,
        "ec2",
        "groups of an instance that was launched in a subnet",
        lambda lab: group_names(lab, SubnetId=default_subnet(lab)),
        (["default"], ["default"]),
        ([], []),
        "M",
    ),
    Row(56, "ec2", "group and public address of an interface", on_an_interface, True, False, "M"),
    Row(
        0,
        "ec2",
        "groups of the instance and interfaces at once",
        lambda lab: launched(
            lab,
            SecurityGroupIds=[f"sg-{ABSENT}"],
            NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": default_subnet(lab)}],
        ),
        "error InvalidParameterCombination",
        "error InvalidGroup.NotFound",
        "U",
    ),
    Row(
        57,
        "ec2",
        "private address of an instance in the default network: of its subnet",
        lambda lab: run(lab)[0]["PrivateIpAddress"].startswith("172.31."),
        True,
        False,
        "M",
    ),
    Row(
        57,
        "ec2",
        "private address of an interface in the default network: of its subnet",
        lambda lab: run(lab, NetworkInterfaces=[{"DeviceIndex": 0}])[0]["PrivateIpAddress"].startswith("172.31."),
        True,
        False,
        "M",
    ),
    Row(
        0,
        "ec2",
        "a private address outside of the subnet",
        lambda lab: address_asked_for(lab, "10.0.0.9"),
        "error InvalidParameterValue",
        NO_ANSWER,
        "U",
    ),
    Row(
        0,
        "ec2",
        "a private address that is in use",
        lambda lab: address_asked_for(lab, "172.31.95.77", twice=True),
        "error InvalidIPAddress.InUse",
        NO_ANSWER,
        "EC",
    ),
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
