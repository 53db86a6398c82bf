"""The network of a launch: security groups, subnets, private addresses."""

from typing import Any

from fidelity.rows.launching import ABSENT, launched, run
from fidelity.table import NO_ANSWER, Lab, Row


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


def address_asked_for(lab: Lab, address: str, twice: bool = False) -> str:
    for _ in range(1 + twice):
        run(lab, PrivateIpAddress=address, SubnetId=default_subnet(lab, "us-east-1f"))
    return "launched"


ROWS = [
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
        256,
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
]
