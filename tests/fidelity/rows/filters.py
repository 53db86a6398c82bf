"""Filters: those that moto passes over, reads in part, or does not know by each of their names."""

from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row


def tags(lab: Lab, name: str, value: str) -> list[str]:
    """The tags that a filter finds on three volumes of the row, as KEY=VALUE; KEY and VALUE stand for its own."""
    key, text = lab.name("key"), lab.name("value")
    for pair in ((key, text), (key, f"{text}-2"), (f"{key}-2", text)):
        words = [{"ResourceType": "volume", "Tags": [{"Key": pair[0], "Value": pair[1]}]}]
        lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, TagSpecifications=words)
    filters = [{"Name": name.replace("KEY", key), "Values": [value.replace("KEY", key).replace("VALUE", text)]}]
    found = lab.ec2.describe_tags(Filters=filters)["Tags"]
    ours = [tag for tag in found if key in tag["Key"]]
    return sorted(f"{tag['Key']}={tag['Value']}".replace(key, "KEY").replace(text, "VALUE") for tag in ours)


def default_subnets(lab: Lab, name: str, value: str) -> int:
    """How many of the default VPC's subnets a filter finds."""
    found = lab.ec2.describe_subnets(Filters=[{"Name": name, "Values": [value]}])["Subnets"]
    return len([subnet for subnet in found if subnet["DefaultForAz"]])


def default_vpcs(lab: Lab, name: str, value: str) -> int:
    return len(lab.ec2.describe_vpcs(Filters=[{"Name": name, "Values": [value]}])["Vpcs"])


def offered(lab: Lab, pattern: str) -> list[str]:
    words = [{"Name": "instance-type", "Values": [pattern]}]
    found = lab.ec2.describe_instance_type_offerings(Filters=words)["InstanceTypeOfferings"]
    return sorted(offer["InstanceType"] for offer in found)


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str) -> Row:
    return Row(number, "ec2", what, call, aws, stock, source)


VALUE = "error InvalidParameterValue"
ALL_THREE = ["KEY-2=VALUE", "KEY=VALUE", "KEY=VALUE-2"]
ROWS = [
    row(260, "tags by tag:KEY", lambda lab: tags(lab, "tag:KEY", "VALUE"), ["KEY=VALUE"], ALL_THREE, "M"),
    row(260, "tags by tag-key", lambda lab: tags(lab, "tag-key", "KEY"), ALL_THREE[1:], ALL_THREE, "M"),
    row(260, "tags by tag-value", lambda lab: tags(lab, "tag-value", "VALUE"), ALL_THREE[:2], ALL_THREE, "M"),
    row(260, "tags by a value's beginning", lambda lab: tags(lab, "tag:KEY", "VALU"), [], ALL_THREE, "M"),
    row(260, "VPCs by isDefault", lambda lab: default_vpcs(lab, "isDefault", "true"), 1, 1, "M"),
    row(260, "VPCs by isdefault", lambda lab: default_vpcs(lab, "isdefault", "true"), VALUE, NO_ANSWER, "M"),
    row(260, "subnets by defaultForAz", lambda lab: default_subnets(lab, "defaultForAz", "true"), 6, 6, "M"),
    row(260, "subnets by availabilityZone", lambda lab: default_subnets(lab, "availabilityZone", "*1a"), 1, 1, "M"),
    row(260, "subnets by cidrBlock", lambda lab: default_subnets(lab, "cidrBlock", "172.31.?.0/20"), 1, 1, "M"),
    row(
        260,
        "offers of instance types by a wildcard",
        lambda lab: offered(lab, "t3.n*"),
        ["t3.nano"],
        [],
        "M",
    ),
]
