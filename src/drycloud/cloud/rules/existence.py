"""Ids in an EC2 request that do not exist: the error names all of them, in the order of the request."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from typing import Any, NamedTuple

from drycloud.cloud.patches.volumes import leaving
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ids import ids_in
from drycloud.cloud.rules.lookup import all_groups, instances
from drycloud.cloud.rules.registry import before


class _Kind(NamedTuple):
    """The code and message for missing ids of a kind, and moto's collection of existing ones."""

    code: str
    one: str
    more: str
    kept: Callable[[AwsRequest], Container[str]]


def _ids(name: str, code: str, kept: Callable[[AwsRequest], Container[str]]) -> _Kind:
    """A kind whose message is made of its name and "ID"."""
    return _Kind(code, f"The {name} ID '{{}}' does not exist", f"The {name} IDs '{{}}' do not exist", kept)


def _by_attribute(things: str, attribute: str) -> Callable[[AwsRequest], Container[str]]:
    return lambda request: {getattr(thing, attribute) for thing in _all(getattr(request.ec2, things))}


def _all(things: Any) -> Iterable[Any]:
    return things.values() if isinstance(things, dict) else things


def _dictionary(name: str) -> Callable[[AwsRequest], Container[str]]:
    return lambda request: getattr(request.ec2, name)


def _volumes(request: AwsRequest) -> Container[str]:
    return {**request.ec2.volumes, **leaving(request.ec2)}


def _images(request: AwsRequest) -> Container[str]:
    return {*request.ec2.amis, *request.ec2.deleted_amis}


def _rules(request: AwsRequest) -> Container[str]:
    return {rule.id for group in all_groups(request) for rule in (*group.ingress_rules, *group.egress_rules)}


def _subnets(request: AwsRequest) -> Container[str]:
    return {id for subnets in request.ec2.subnets.values() for id in subnets}


_KINDS = {
    "acl": _ids("networkAcl", "InvalidNetworkAclID.NotFound", _dictionary("network_acls")),
    "aki": _ids("kernel", "InvalidAMIID.NotFound", _by_attribute("amis", "kernel_id")),
    "ami": _Kind(
        "InvalidAMIID.NotFound", "The image id '[{}]' does not exist", "The image ids '[{}]' do not exist", _images
    ),
    "ari": _ids("ramdisk", "InvalidAMIID.NotFound", lambda _: ()),
    "cgw": _ids("customerGateway", "InvalidCustomerGatewayID.NotFound", _dictionary("customer_gateways")),
    "cr": _ids("capacity reservation", "InvalidCapacityReservationId.NotFound", lambda _: ()),
    "dopt": _ids("dhcpOption", "InvalidDhcpOptionID.NotFound", _dictionary("dhcp_options_sets")),
    "eigw": _ids("eigw", "InvalidGatewayID.NotFound", _dictionary("egress_only_internet_gateways")),
    "eipalloc": _ids("allocation", "InvalidAllocationID.NotFound", _by_attribute("addresses", "allocation_id")),
    "eni": _ids("networkInterface", "InvalidNetworkInterfaceID.NotFound", _dictionary("enis")),
    "eni-attach": _ids("attachment", "InvalidAttachmentID.NotFound", _by_attribute("enis", "attachment_id")),
    "h": _ids("host", "InvalidHostID.NotFound", _dictionary("hosts")),
    "i": _ids("instance", "InvalidInstanceID.NotFound", instances),
    "igw": _ids("internetGateway", "InvalidInternetGatewayID.NotFound", _dictionary("internet_gateways")),
    "nat": _Kind(
        "NatGatewayNotFound",
        "The Nat Gateway {} was not found",
        "The Nat Gateways {} were not found",
        _dictionary("nat_gateways"),
    ),
    "pcx": _ids("vpcPeeringConnection", "InvalidVpcPeeringConnectionID.NotFound", _dictionary("vpc_pcxs")),
    "pg": _Kind("InvalidPlacementGroup.Unknown", "The placement group {} is unknown", "{} are unknown", lambda _: ()),
    "pl": _ids("prefix list", "InvalidPrefixListID.NotFound", _dictionary("managed_prefix_lists")),
    "rtb": _ids("routeTable", "InvalidRouteTableID.NotFound", _dictionary("route_tables")),
    "sfr": _ids("spot fleet request", "InvalidSpotFleetRequestId.NotFound", _dictionary("spot_fleet_requests")),
    "sg": _Kind(
        "InvalidGroup.NotFound",
        "The security group '{}' does not exist",
        "The security groups '{}' do not exist",
        lambda request: {group.id for group in all_groups(request)},
    ),
    "sgr": _ids("security group rule", "InvalidSecurityGroupRuleId.NotFound", _rules),
    "sir": _ids(
        "spot instance request", "InvalidSpotInstanceRequestID.NotFound", _dictionary("spot_instance_requests")
    ),
    "snap": _Kind(
        "InvalidSnapshot.NotFound",
        "The snapshot '{}' does not exist.",
        "The snapshots '{}' do not exist.",
        _dictionary("snapshots"),
    ),
    "subnet": _ids("subnet", "InvalidSubnetID.NotFound", _subnets),
    "vol": _Kind(
        "InvalidVolume.NotFound", "The volume '{}' does not exist.", "The volumes '{}' do not exist.", _volumes
    ),
    "vgw": _ids("vpnGateway", "InvalidVpnGatewayID.NotFound", _dictionary("vpn_gateways")),
    "vpc": _ids("vpc", "InvalidVpcID.NotFound", _dictionary("vpcs")),
    "vpce": _ids("vpc endpoint", "InvalidVpcEndpointId.NotFound", _dictionary("vpc_end_points")),
}
# Fields whose ids may be in another region, or in another account.
_ELSEWHERE = {"PeerVpcId", "SourceImageId", "SourceSnapshotId"}
# Operations that tell of each thing what became of it, or only of those that are there, and those that look later
# (interfaces.py).
_NOT_HERE = {"DeleteVpcEndpoints", "DescribeEgressOnlyInternetGateways", "RunInstances"}


@before("ec2", "*")
def named_resources_exist(request: AwsRequest) -> None:
    """moto ignores some missing ids, and names others as a Python set, or one of many (346, 404)."""
    if request.operation not in _NOT_HERE:
        require_named_resources(request)


def require_named_resources(request: AwsRequest) -> None:
    """Raise the AwsError for ids that do not exist."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for field, prefix, id in ids_in(request):
        if prefix in _KINDS and field.split(".")[-1] not in _ELSEWHERE:
            wanted[prefix].append(id)
    for prefix, ids in wanted.items():
        code, one, more, kept = _KINDS[prefix]
        there = kept(request)
        missing = list(dict.fromkeys(id for id in ids if id not in there))
        if missing:
            raise AwsError(code, (one if len(missing) == 1 else more).format(", ".join(missing)))
