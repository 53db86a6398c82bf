"""Which resources cost money, and their names in plain words."""

from collections.abc import Callable

from drycloud.cloud.account.resources import (
    Address,
    AnyResource,
    DiskSnapshot,
    Image,
    Instance,
    NatGateway,
    ObjectVersion,
    Other,
    SpotRequest,
    Upload,
    Volume,
)

_OVER = ("terminated", "closed", "cancelled", "failed", "deleted", "deleting")
_NOUNS = {
    "DiskSnapshot": "snapshot",
    "SecurityGroup": "security group",
    "KeyPair": "key pair",
    "ObjectVersion": "version",
    "SpotRequest": "Spot request",
    "NatGateway": "NAT gateway",
    "Upload": "unfinished upload",
}
# Collections of moto's EC2, with plain names for their items. AWS does not charge for these.
FREE = {
    "configurations": "settings of endpoints",
    "customer_gateways": "customer gateway",
    "default_kms_key_id": "the account's settings",
    "dhcp_options_sets": "set of DHCP options",
    "ebs_encryption_by_default": "the account's settings",
    "egress_only_internet_gateways": "egress-only internet gateway",
    "enis": "network interface",
    "flow_logs": "flow log",
    "iam_instance_profile_associations": "instance profile's association",
    "internet_gateways": "internet gateway",
    "launch_templates": "launch template",
    "managed_prefix_lists": "prefix list",
    "network_acls": "network ACL",
    "route_tables": "route table",
    "subnet_associations": "route table's association",
    "subnets": "subnet",
    "tagger": "the account's tags",
    "traffic_mirror_filters": "traffic mirror's filter",
    "traffic_mirror_targets": "traffic mirror's target",
    "transit_gateway_associations": "transit gateway's association",
    "transit_gateway_propagations": "transit gateway's propagation",
    "transit_gateways_route_tables": "transit gateway's route table",
    "vpc_pcxs": "peering connection",
    "vpcs": "network (VPC)",
    "vpn_gateways": "virtual private gateway",
}
# AWS charges for these, or for what they start.
COSTLY = {
    "carrier_gateways": "carrier gateway",
    "fleets": "fleet",
    "hosts": "dedicated host",
    "spot_fleet_requests": "Spot fleet",
    "traffic_mirror_sessions": "traffic mirror's session",
    "transit_gateway_attachments": "transit gateway's attachment",
    "transit_gateways": "transit gateway",
    "vpc_end_points": "endpoint of a VPC",
    "vpn_connections": "VPN connection",
}


def is_over(resource: AnyResource) -> bool:
    """Whether it is gone but still listed, as a terminated instance is for a while."""
    return getattr(resource, "state", None) in _OVER


def is_costly(resource: AnyResource) -> bool:
    """Whether AWS charges for it, or for what it may start, as long as it exists."""
    if isinstance(resource, Other) and resource.sort in FREE:
        return False
    if isinstance(resource, ObjectVersion):  # each object has one, which may be older than the object itself
        return not resource.is_delete_marker
    kinds = (Instance, Volume, DiskSnapshot, Image, Address, SpotRequest, NatGateway, Other, Upload)
    return isinstance(resource, kinds) and not is_over(resource)


def label(r: AnyResource) -> str:
    """The resource in words, with its id, and its region unless it is the usual one."""
    noun = {**FREE, **COSTLY}.get(r.sort, r.sort) if isinstance(r, Other) else _noun(r)
    name, id = getattr(r, "name", None), f"{r.bucket}/{r.key}" if isinstance(r, Upload) else r.id
    if isinstance(r, Other) and id == r.sort:
        return f"{noun} ({id})"
    place = "" if r.region == "us-east-1" or hasattr(r, "bucket") or noun == "bucket" else f" in {r.region}"
    return f"{noun} {name} ({id}){place}" if name else f"{noun} {id}{place}"


def _noun(r: AnyResource) -> str:
    kind = type(r).__name__
    return _NOUNS.get(kind, kind.lower())


def cost_told(r: AnyResource) -> str:
    """A resource that costs money, in words, with its state or size."""
    if isinstance(r, ObjectVersion) and r.is_latest:
        return f"the object {r.bucket}/{r.key}"
    about: dict[type, Callable[[], str]] = {
        Instance: lambda: f", which is {getattr(r, 'state', '')}",
        SpotRequest: lambda: f", which is {getattr(r, 'state', '')} and may launch machines",
        Volume: lambda: f" ({getattr(r, 'size_gib', 0)} GiB)",
        DiskSnapshot: lambda: f" ({getattr(r, 'size_gib', 0)} GiB)",
        Address: lambda: f" ({getattr(r, 'public_ip', '')})",
    }
    return f"the {label(r)}{about.get(type(r), str)()}"
