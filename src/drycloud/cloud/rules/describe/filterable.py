"""The filters of EC2's describe operations, and the field of an item that each filter compares.

Both come from botocore: the names from AWS's own description, the fields from the model of the answer. The tables here
contain the exceptions.
"""

import re
from functools import cache
from typing import Any

from drycloud.cloud.request.operations import model

Path = tuple[str, ...]  # the path of a field: ("Attachments", "InstanceId")

# Operations whose answers are filtered here, not by moto. DescribeInstances is not among them: its items are two
# levels deep, and many (cloud/patches/filters.py).
_ANSWERED = """
Addresses AvailabilityZones CarrierGateways CustomerGateways DhcpOptions EgressOnlyInternetGateways FlowLogs
IamInstanceProfileAssociations Images InstanceStatus InstanceTypeOfferings InstanceTypes InternetGateways KeyPairs
LaunchTemplateVersions LaunchTemplates ManagedPrefixLists NatGateways NetworkAcls NetworkInterfaces Regions RouteTables
SecurityGroupRules SecurityGroups Snapshots SpotInstanceRequests SpotPriceHistory Subnets Tags VolumeStatus Volumes
VolumesModifications VpcEndpoints VpcPeeringConnections Vpcs VpnGateways
"""
ANSWERED = frozenset(f"Describe{name}" for name in _ANSWERED.split())

# Filters that AWS accepts without documenting them any more; and what moto accepts, which AWS may accept, too.
_FORMER = {
    "DescribeInstances": {"group-id"},
    "DescribeAddresses": {"domain"},
    "DescribeNetworkAcls": {"id"},
    "DescribeNetworkInterfaces": {"group-name"},
    "DescribeSnapshots": {"kms-key-id"},
    "DescribeSubnets": {"cidr-block", "vpcId"},
    "DescribeVpcs": {"cidr-block", "cidrBlock", "dhcpOptionsId", "isDefault", "vpcId"},
}


def _within(filter: str, field: str, names: str) -> dict[str, str]:
    """Filters with a prefix, and their fields below `field`; one word for both, or FILTER=FIELD."""
    pairs = [word.partition("=") for word in names.split()]
    return {f"{filter}.{name}": f"{field}.{other or _camel(name)}" for name, _, other in pairs}


def _camel(name: str) -> str:
    return ".".join("".join(word.capitalize() for word in part.split("-")) for part in name.split("."))


_PERMISSION = "cidr=IpRanges.CidrIp from-port to-port protocol=IpProtocol ipv6-cidr=Ipv6Ranges.CidrIpv6 "
_PERMISSION += "group-id=UserIdGroupPairs.GroupId group-name=UserIdGroupPairs.GroupName "
_PERMISSION += "user-id=UserIdGroupPairs.UserId prefix-list-id=PrefixListIds.PrefixListId"
_ENTRY = "cidr=CidrBlock ipv6-cidr=Ipv6CidrBlock icmp.code=IcmpTypeCode.Code icmp.type=IcmpTypeCode.Type "
_ENTRY += "port-range.from port-range.to protocol rule-action egress rule-number"
_DISK = "delete-on-termination snapshot-id volume-size volume-type encrypted"
_BLOCK = "association-id state=Ipv6CidrBlockState.State ipv6-cidr-block ipv6-pool"

_FIELDS: dict[str, dict[str, str]] = {
    "DescribeDhcpOptions": {"key": "DhcpConfigurations.Key", "value": "DhcpConfigurations.Values.Value"},
    "DescribeFlowLogs": {"deliver-log-status": "DeliverLogsStatus"},
    "DescribeImages": {
        "is-public": "Public",
        "manifest-location": "ImageLocation",
        "product-code": "ProductCodes.ProductCodeId",
        **_within("block-device-mapping", "BlockDeviceMappings.Ebs", _DISK),
    },
    "DescribeInstanceStatus": {
        "instance-status.reachability": "InstanceStatus.Details.Status",
        "system-status.reachability": "SystemStatus.Details.Status",
    },
    "DescribeInstanceTypes": {"supported-usage-class": "SupportedUsageClasses"},
    "DescribeLaunchTemplateVersions": {
        "iam-instance-profile": "LaunchTemplateData.IamInstanceProfile.Arn",
        "instance-type": "LaunchTemplateData.InstanceType",
        "is-default-version": "DefaultVersion",
        "network-card-index": "LaunchTemplateData.NetworkInterfaces.NetworkCardIndex",
    },
    "DescribeNetworkAcls": {
        "association.association-id": "Associations.NetworkAclAssociationId",
        "default": "IsDefault",
        "id": "NetworkAclId",
        **_within("entry", "Entries", _ENTRY),
    },
    "DescribeNetworkInterfaces": {
        "addresses.association.owner-id": "PrivateIpAddresses.Association.IpOwnerId",
        "group-id": "Groups.GroupId",
        "group-name": "Groups.GroupName",
    },
    "DescribeSecurityGroups": _within("ip-permission", "IpPermissions", _PERMISSION)
    | _within("egress.ip-permission", "IpPermissionsEgress", _PERMISSION),
    "DescribeSnapshots": {"status": "State"},
    "DescribeSpotInstanceRequests": {
        "launch.group-id": "LaunchSpecification.SecurityGroups.GroupId",
        "launch.group-name": "LaunchSpecification.SecurityGroups.GroupName",
        "network-interface.addresses.primary": "LaunchSpecification.NetworkInterfaces.PrivateIpAddresses.Primary",
        "network-interface.group-id": "LaunchSpecification.NetworkInterfaces.Groups",
        "status-code": "Status.Code",
        "status-message": "Status.Message",
        **_within("launch.block-device-mapping", "LaunchSpecification.BlockDeviceMappings.Ebs", _DISK),
        **_within("launch", "LaunchSpecification", "block-device-mapping.device-name=BlockDeviceMappings.DeviceName"),
        **_within("launch", "LaunchSpecification", "image-id instance-type kernel-id key-name ramdisk-id"),
        **_within("launch", "LaunchSpecification", "monitoring-enabled=Monitoring.Enabled"),
    },
    "DescribeSubnets": {
        "cidr": "CidrBlock",
        **_within("ipv6-cidr-block-association", "Ipv6CidrBlockAssociationSet", _BLOCK),
    },
    "DescribeTags": {"tag-key": "Key", "tag-value": "Value"},
    "DescribeVolumeStatus": {
        **_within("attachment-status", "AttachmentStatuses", "instance-id io-performance"),
        **_within("volume-status", "VolumeStatus", "details-name=Details.Name details-status=Details.Status"),
    },
    "DescribeVolumes": {"attachment.status": "Attachments.State", "status": "State"},
    "DescribeVpcEndpoints": {"vpc-endpoint-state": "State"},
    "DescribeVpcPeeringConnections": {"status-code": "Status.Code", "status-message": "Status.Message"},
    "DescribeVpcs": {
        "cidr": "CidrBlock",
        **_within(
            "cidr-block-association",
            "CidrBlockAssociationSet",
            "association-id cidr-block state=CidrBlockState.State",
        ),
        **_within("ipv6-cidr-block-association", "Ipv6CidrBlockAssociationSet", _BLOCK),
    },
    "DescribeVpnGateways": _within("attachment", "VpcAttachments", "state vpc-id"),
}


@cache
def filter_names(operation: str) -> frozenset[str]:
    """The filters of an operation, except tag:KEY; none if AWS does not list them."""
    words = _description(operation)
    listed = {name for name in _listed(words) if name != "tag" and not name.startswith("tag:")}
    # "You can also use <code>cidr</code> or <code>cidrBlock</code> as the filter names."
    for sentence in re.findall(r"You can also use (.*?) as the filter name", words):
        listed |= set(re.findall(r"<code>([^<]+)</code>", sentence))
    listed |= _FORMER.get(operation, set()) if listed else set()
    return frozenset(listed | {"tag-key", "tag-value"} if has_tags(operation) else listed)


@cache
def has_tags(operation: str) -> bool:
    """Whether the operation has filters of the form tag:KEY."""
    if operation == "DescribeManagedPrefixLists":  # AWS does not document them, but prefix lists have tags
        return True
    return any(name == "tag-key" or name.split(":")[0] == "tag" for name in _listed(_description(operation)))


def _description(operation: str) -> str:
    ec2 = model("ec2")
    shape = ec2.operation_model(operation).input_shape if operation in ec2.operation_names else None
    members = shape.members if shape else {}
    return "".join(members[name].documentation for name in ("Filters", "Filter") if name in members)


def _listed(words: str) -> set[str]:
    """The first words of the items of a description's outer list: items contain lists of values."""
    depth, outer = 0, ""
    for part in re.split(r"(</?ul>)", words):
        depth += {"<ul>": 1, "</ul>": -1}.get(part, 0)
        outer += part if depth == 1 else ""
    return set(re.findall(r"<li>\s*<p>\s*<code>([^<]+?)\s*</code>\s*[-\u2013:(.]", outer))


def item_shape(operation: str) -> tuple[str, str, Any]:
    """The items in an operation's answer: their member, the XML name of their set, and botocore's shape of an item."""
    members = model("ec2").operation_model(operation).output_shape.members
    name = next(name for name, shape in members.items() if shape.type_name == "list")
    return name, str(members[name].serialization["name"]), members[name].member


@cache
def path_of(operation: str, name: str) -> Path:
    """The field that a filter compares; () if items have no such field, so that no item passes."""
    known = _FIELDS.get(operation, {}).get(name)
    if known:
        return tuple(known.split("."))
    wanted = _plain(name.split("."))
    paths = sorted(_paths(item_shape(operation)[2], ()), key=len)
    whole = [path for path in paths if _plain(path) == wanted]
    return (whole or [path for path in paths if _plain(path).endswith(wanted)] or [()])[0]


def _plain(parts: Any) -> str:
    """Names in a common form of filters and fields: without hyphens, capitals and plurals."""
    words = [re.sub(r"[^a-z0-9]", "", part.lower()) for part in parts]
    return "".join(word.removesuffix("s") if not word.endswith("ss") else word for word in words)


def _paths(shape: Any, within: Path) -> list[Path]:
    """The path of each field with a value in a shape; recursive shapes are not followed."""
    if shape.type_name == "list":
        return _paths(shape.member, within)
    if shape.type_name != "structure":
        return [()]
    if shape.name in within:
        return []
    members = shape.members.items()
    return [(name, *path) for name, member in members for path in _paths(member, (*within, shape.name))]
