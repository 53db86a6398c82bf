"""Every filter of the describe operations, in a varied account: what passes is what the whole answer says."""

import re
from collections.abc import Iterator
from typing import Any

import jmespath
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from rich_account import world

from drycloud.cloud.clients.boto import client
from drycloud.cloud.moto import engine
from drycloud.cloud.rules.describe.filterable import ANSWERED, filter_names, path_of
from drycloud.cloud.warm import warm_up

# Filters for which no item of an answer has a field, as AWS's model of the answer is.
NOWHERE = {
    "instance-type-specification.supported-instance-type",
    "instance-type-specification.unsupported-instance-type",
    "http-protocol-ipv4",
}
TAGS = {"tag-key": "Tags[].Key", "tag-value": "Tags[].Value"}
# By hand, as JMESPath: by operation the items, and for filters what they look at.
READ: dict[str, tuple[str, dict[str, str]]] = {
    "describe_vpcs": ("Vpcs", {
        "vpc-id": "VpcId", "vpcId": "VpcId", "cidr": "CidrBlock", "cidr-block": "CidrBlock", "isDefault": "IsDefault",
        "is-default": "IsDefault", "state": "State", "owner-id": "OwnerId", "dhcp-options-id": "DhcpOptionsId",
        "cidr-block-association.cidr-block": "CidrBlockAssociationSet[].CidrBlock", **TAGS,
    }),
    "describe_subnets": ("Subnets", {
        "defaultForAz": "DefaultForAz", "default-for-az": "DefaultForAz", "cidr": "CidrBlock", "cidrBlock": "CidrBlock",
        "cidr-block": "CidrBlock", "availabilityZone": "AvailabilityZone", "availability-zone": "AvailabilityZone",
        "availabilityZoneId": "AvailabilityZoneId", "availability-zone-id": "AvailabilityZoneId", "vpc-id": "VpcId",
        "subnet-id": "SubnetId", "state": "State", "map-public-ip-on-launch": "MapPublicIpOnLaunch",
        "available-ip-address-count": "AvailableIpAddressCount", **TAGS,
    }),
    "describe_tags": ("Tags", {
        "key": "Key", "value": "Value", "resource-id": "ResourceId", "resource-type": "ResourceType",
        "tag-key": "Key", "tag-value": "Value",
    }),
    "describe_volumes": ("Volumes", {
        "attachment.instance-id": "Attachments[].InstanceId", "attachment.status": "Attachments[].State",
        "attachment.device": "Attachments[].Device", "availability-zone": "AvailabilityZone", "encrypted": "Encrypted",
        "attachment.delete-on-termination": "Attachments[].DeleteOnTermination", "size": "Size", "status": "State",
        "snapshot-id": "SnapshotId", "volume-id": "VolumeId", "volume-type": "VolumeType", **TAGS,
    }),
    "describe_snapshots": ("Snapshots", {
        "status": "State", "volume-size": "VolumeSize", "volume-id": "VolumeId", "owner-id": "OwnerId",
        "snapshot-id": "SnapshotId", "description": "Description", "progress": "Progress", **TAGS,
    }),
    "describe_images": ("Images", {
        "name": "Name", "architecture": "Architecture", "image-id": "ImageId", "is-public": "Public", "state": "State",
        "owner-id": "OwnerId", "root-device-type": "RootDeviceType", "virtualization-type": "VirtualizationType",
        "block-device-mapping.volume-size": "BlockDeviceMappings[].Ebs.VolumeSize", "description": "Description",
        "block-device-mapping.device-name": "BlockDeviceMappings[].DeviceName", "platform": "Platform", **TAGS,
    }),
    "describe_security_groups": ("SecurityGroups", {
        "group-id": "GroupId", "group-name": "GroupName", "vpc-id": "VpcId", "description": "Description",
        "ip-permission.cidr": "IpPermissions[].IpRanges[].CidrIp",
        "ip-permission.from-port": "IpPermissions[].FromPort", "ip-permission.protocol": "IpPermissions[].IpProtocol",
        "egress.ip-permission.cidr": "IpPermissionsEgress[].IpRanges[].CidrIp", **TAGS,
    }),
    "describe_security_group_rules": ("SecurityGroupRules", {
        "group-id": "GroupId", "security-group-rule-id": "SecurityGroupRuleId", **TAGS,
    }),
    "describe_addresses": ("Addresses", {
        "allocation-id": "AllocationId", "association-id": "AssociationId", "instance-id": "InstanceId",
        "public-ip": "PublicIp", "private-ip-address": "PrivateIpAddress", "domain": "Domain",
        "network-interface-id": "NetworkInterfaceId", **TAGS,
    }),
    "describe_network_interfaces": ("NetworkInterfaces", {
        "attachment.instance-id": "Attachment.InstanceId", "group-id": "Groups[].GroupId", "status": "Status",
        "group-name": "Groups[].GroupName", "subnet-id": "SubnetId", "vpc-id": "VpcId", "mac-address": "MacAddress",
        "addresses.private-ip-address": "PrivateIpAddresses[].PrivateIpAddress",
        "private-ip-address": "PrivateIpAddress", "tag-key": "TagSet[].Key", "tag-value": "TagSet[].Value",
    }),
    "describe_key_pairs": ("KeyPairs", {
        "key-name": "KeyName", "key-pair-id": "KeyPairId", "fingerprint": "KeyFingerprint", **TAGS,
    }),
    "describe_instances": ("Reservations[].Instances[]", {
        "instance-id": "InstanceId", "instance-type": "InstanceType", "instance-state-name": "State.Name",
        "instance-state-code": "State.Code", "image-id": "ImageId", "key-name": "KeyName", "vpc-id": "VpcId",
        "subnet-id": "SubnetId", "private-ip-address": "PrivateIpAddress", "architecture": "Architecture",
        "availability-zone": "Placement.AvailabilityZone", "instance.group-id": "SecurityGroups[].GroupId",
        "block-device-mapping.volume-id": "BlockDeviceMappings[].Ebs.VolumeId", "launch-index": "AmiLaunchIndex",
        "network-interface.subnet-id": "NetworkInterfaces[].SubnetId", "ip-address": "PublicIpAddress", **TAGS,
    }),
    "describe_instance_status": ("InstanceStatuses", {
        "instance-state-name": "InstanceState.Name", "instance-state-code": "InstanceState.Code",
        "availability-zone": "AvailabilityZone", "instance-status.status": "InstanceStatus.Status",
    }),
    "describe_route_tables": ("RouteTables", {
        "route-table-id": "RouteTableId", "vpc-id": "VpcId", "association.main": "Associations[].Main",
        "association.subnet-id": "Associations[].SubnetId", "route.gateway-id": "Routes[].GatewayId", **TAGS,
    }),
    "describe_internet_gateways": ("InternetGateways", {
        "attachment.vpc-id": "Attachments[].VpcId", "internet-gateway-id": "InternetGatewayId", **TAGS,
    }),
    "describe_spot_instance_requests": ("SpotInstanceRequests", {
        "spot-instance-request-id": "SpotInstanceRequestId", "state": "State", "type": "Type",
        "status-code": "Status.Code", "launch.image-id": "LaunchSpecification.ImageId", **TAGS,
    }),
    "describe_regions": ("Regions", {"region-name": "RegionName", "opt-in-status": "OptInStatus"}),
    "describe_availability_zones": ("AvailabilityZones", {"zone-name": "ZoneName", "state": "State"}),
    "describe_spot_price_history": ("SpotPriceHistory", {"instance-type": "InstanceType", "spot-price": "SpotPrice"}),
    "describe_instance_types": ("InstanceTypes", {
        "instance-type": "InstanceType", "vcpu-info.default-vcpus": "VCpuInfo.DefaultVCpus",
        "memory-info.size-in-mib": "MemoryInfo.SizeInMiB", "bare-metal": "BareMetal",
        "processor-info.supported-architecture": "ProcessorInfo.SupportedArchitectures[]",
        "supported-usage-class": "SupportedUsageClasses[]",
    }),
    "describe_instance_type_offerings": ("InstanceTypeOfferings", {
        "instance-type": "InstanceType", "location": "Location",
    }),
}  # fmt: skip
LARGE = {"describe_spot_price_history": {"InstanceTypes": ["t3.micro", "t3.small"]}}
LARGE["describe_instance_type_offerings"] = {"MaxResults": 1000}
LARGE["describe_instance_types"] = {"InstanceTypes": ["t3.micro", "t3.small", "c5.large", "m6g.large", "c5.metal"]}


@pytest.fixture(scope="module", autouse=True)
def account() -> Iterator[None]:
    """Something of each usual kind, with tags of which each differs from another one in the key or in the value."""
    warm_up(["ec2", "s3"])
    made, ec2 = world(), client("ec2")
    tagged = [made[name] for name in ("InstanceId", "VolumeId", "VpcId", "SubnetId", "SnapshotId", "AllocationId")]
    for id in (*tagged, made["GroupId"], made["RouteTableId"], made["NetworkInterfaceId"]):
        ec2.create_tags(Resources=[id], Tags=[{"Key": "stage", "Value": "old"}, {"Key": "Stage", "Value": "new*"}])
    other = ec2.create_volume(AvailabilityZone="us-east-1b", Size=3)["VolumeId"]
    ec2.create_tags(Resources=[other], Tags=[{"Key": "stage", "Value": "older"}, {"Key": "kept", "Value": "old"}])
    yield
    engine.reset()


def found(operation: str, *filters: tuple[str, list[str]]) -> list[str]:
    """The items that pass, as text; of a group's rules those of what may be a group's id: others are refused (406)."""
    wanted = [{"Name": name, "Values": values} for name, values in filters]
    if operation == "describe_security_group_rules":
        groups = [w for w in wanted if w["Name"] == "group-id"]
        for one in groups:
            one["Values"] = [v for v in one["Values"] if v.startswith("sg-") or set(v) & set("*?")] or ["sg-1"]
    answer = getattr(client("ec2"), operation)(Filters=wanted, **LARGE.get(operation, {}))
    return sorted(str(item) for item in jmespath.search(READ[operation][0], answer))


def values(item: Any, field: str) -> list[str]:
    """What an item shows in a field, as filters write it."""
    value = jmespath.search(field, item)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in listed]


def escaped(text: str) -> str:
    return re.sub(r"([*?\\])", r"\\\1", text)


ROWS = [(operation, name) for operation, (_, fields) in READ.items() for name in fields]


@pytest.mark.parametrize(("operation", "name"), ROWS, ids=[f"{operation}-{name}" for operation, name in ROWS])
def test_a_filter_lets_pass_what_has_its_value(operation: str, name: str) -> None:
    """By the value itself, by patterns that fit it, and not by what nearly fits it."""
    field = READ[operation][1][name]
    answer = getattr(client("ec2"), operation)(**LARGE.get(operation, {}))
    items = jmespath.search(READ[operation][0], answer)
    there = sorted({value for item in items for value in values(item, field)})
    for value in [*there[:2], "nobody-has-this"]:
        exact = sorted(str(item) for item in items if value in values(item, field))
        assert found(operation, (name, [escaped(value)])) == exact, value
        assert found(operation, (name, ["nothing", escaped(value)])) == exact, "one of two values"
        assert found(operation, (name, [escaped(value)]), (name, ["nothing"])) == [], "two filters"
        for near in {value[:-1], value + "x", value.swapcase(), f" {value}"} - {value}:
            expected = sorted(str(item) for item in items if near in values(item, field))
            assert found(operation, (name, [escaped(near)])) == expected, near
        if not value:
            continue
        begins = sorted(str(i) for i in items if any(v.startswith(value[:-1]) for v in values(i, field)))
        assert found(operation, (name, [f"{escaped(value[:-1])}*"])) == begins, "a pattern"
        alike = [i for i in items if any(len(v) == len(value) and v[1:] == value[1:] for v in values(i, field))]
        assert found(operation, (name, [f"?{escaped(value[1:])}"])) == sorted(map(str, alike)), "any character"


@pytest.mark.parametrize("operation", ["describe_tags", "describe_volumes", "describe_instances"])
@pytest.mark.parametrize(
    ("key", "value", "passes"),
    [
        *(("stage", "old", True), ("stage", "o*", True), ("stage", "*", True), ("Stage", "new\\*", True)),
        *(("Stage", "old", False), ("stage", "new*", False), ("stage", "Old", False), ("stag", "old", False)),
        *(("stage", "ol", False), ("stage", "", False), ("Stage", "new?", True), ("Stage", "new", False)),
    ],
)
def test_a_tag_is_its_key_with_its_value(operation: str, key: str, value: str, passes: bool) -> None:
    """The same value under another key is another tag, and so is the same key with another value."""
    assert bool(found(operation, (f"tag:{key}", [value]))) is passes


@pytest.mark.parametrize("operation", [name for name in READ if name != "describe_instances"])
def test_a_filter_that_there_is_not_is_refused(operation: str) -> None:
    """And so is one in other letters, or without its end."""
    for name in ("bogus", "", next(iter(READ[operation][1])).upper(), next(iter(READ[operation][1]))[:-1]):
        with pytest.raises(ClientError, match=r"\(InvalidParameterValue\).*The filter '"):
            found(operation, (name, ["x"]))


@pytest.mark.parametrize("operation", ["describe_regions", "describe_instance_types", "describe_spot_price_history"])
def test_what_has_no_tags_has_no_filter_by_tags(operation: str) -> None:
    """AWS lists none for them."""
    with pytest.raises(ClientError, match="The filter 'tag:a' is invalid"):
        found(operation, ("tag:a", ["x"]))


def test_each_filter_means_a_field() -> None:
    """Of each filter that AWS lists it is known which field of an item it looks at."""
    lost = {name for operation in ANSWERED for name in filter_names(operation) if not path_of(operation, name)}
    assert lost - {"tag-key", "tag-value"} == NOWHERE


PAGED = [name for name in READ if name not in LARGE and name not in ("describe_addresses", "describe_key_pairs")]
PAGED = [name for name in PAGED if name not in ("describe_regions", "describe_availability_zones")]


@pytest.mark.parametrize("operation", PAGED)
def test_pages_together_are_the_whole(operation: str) -> None:
    """In pages of five, filtered before they are cut; a token of another operation is none, nor is a page of four."""
    ec2 = client("ec2")
    whole = jmespath.search(READ[operation][0], getattr(ec2, operation)())
    pages = [jmespath.search(READ[operation][0], page) for page in _pages(operation, MaxResults=5)]
    assert [item for page in pages for item in page] == whole
    assert len(pages) == max(1, -(-len(whole) // 5)) or operation == "describe_instances"  # whose items are in others
    refused = r"InvalidParameterValue|InvalidNextToken|min value"  # the last are botocore's own words
    for words in ({"MaxResults": 4}, {"NextToken": "RGVzY3JpYmVLZXlQYWlycyA1"}):
        with pytest.raises((ClientError, ParamValidationError), match=refused):
            getattr(ec2, operation)(**words)


def _pages(operation: str, **words: Any) -> Iterator[Any]:
    token: dict[str, str] | None = {}
    while token is not None:
        page = getattr(client("ec2"), operation)(**words, **token)
        yield page
        token = {"NextToken": page["NextToken"]} if page.get("NextToken") else None
