"""Tags: on existing resources, and with valid keys and values."""

from collections.abc import Iterator
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import instances
from drycloud.cloud.rules.registry import before

_LONGEST_KEY, _LONGEST_VALUE, _MOST = 128, 256, 50
_ON_LAUNCH = ("instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu")
_KINDS = {  # operations that tag new resources, and the kinds of these
    "AllocateAddress": ("elastic-ip",),
    "AllocateHosts": ("dedicated-host",),
    "AuthorizeSecurityGroupEgress": ("security-group-rule",),
    "AuthorizeSecurityGroupIngress": ("security-group-rule",),
    "CopyImage": ("image", "snapshot"),
    "CopySnapshot": ("snapshot",),
    "CreateCarrierGateway": ("carrier-gateway",),
    "CreateCustomerGateway": ("customer-gateway",),
    "CreateDhcpOptions": ("dhcp-options",),
    "CreateEgressOnlyInternetGateway": ("egress-only-internet-gateway",),
    "CreateFlowLogs": ("vpc-flow-log",),
    "CreateImage": ("image", "snapshot"),
    "CreateInternetGateway": ("internet-gateway",),
    "CreateKeyPair": ("key-pair",),
    "CreateLaunchTemplate": ("launch-template",),
    "CreateManagedPrefixList": ("prefix-list",),
    "CreateNatGateway": ("natgateway",),
    "CreateNetworkAcl": ("network-acl",),
    "CreateNetworkInterface": ("network-interface",),
    "CreateRouteTable": ("route-table",),
    "CreateSecurityGroup": ("security-group",),
    "CreateSnapshot": ("snapshot",),
    "CreateSnapshots": ("snapshot",),
    "CreateSubnet": ("subnet",),
    "CreateSubnetCidrReservation": ("subnet-cidr-reservation",),
    "CreateTrafficMirrorFilter": ("traffic-mirror-filter",),
    "CreateTrafficMirrorSession": ("traffic-mirror-session",),
    "CreateTrafficMirrorTarget": ("traffic-mirror-target",),
    "CreateTransitGateway": ("transit-gateway",),
    "CreateTransitGatewayPeeringAttachment": ("transit-gateway-attachment",),
    "CreateTransitGatewayRouteTable": ("transit-gateway-route-table",),
    "CreateTransitGatewayVpcAttachment": ("transit-gateway-attachment",),
    "CreateVolume": ("volume",),
    "CreateVpc": ("vpc",),
    "CreateVpcEndpoint": ("vpc-endpoint",),
    "CreateVpcEndpointServiceConfiguration": ("vpc-endpoint-service",),
    "CreateVpcPeeringConnection": ("vpc-peering-connection",),
    "CreateVpnConnection": ("vpn-connection",),
    "CreateVpnGateway": ("vpn-gateway",),
    "ImportKeyPair": ("key-pair",),
    "RegisterImage": ("image", "snapshot"),
    "RequestSpotInstances": ("spot-instances-request",),
    "RunInstances": _ON_LAUNCH,
}


def _tags(request: AwsRequest, prefix: str) -> dict[str, dict[str, str]]:
    """The tags of a request below a prefix ("Tag."): their fields Key and Value, by the tag's prefix in the form."""
    found: dict[str, dict[str, str]] = {}
    for name, text in request.form.items():
        if name.startswith(prefix):
            number, _, field = name.removeprefix(prefix).partition(".")
            found.setdefault(f"{prefix}{number}.", {})[field] = text
    return found


def _specifications(request: AwsRequest) -> Iterator[str]:
    """The prefix of each of a request's TagSpecifications in the form."""
    kinds = ("TagSpecification.", "TagSpecifications.")  # some operations use the plural
    heads = {".".join(name.split(".")[:2]) + "." for name in request.form if name.startswith(kinds)}
    yield from sorted(heads)


def tags_for(request: AwsRequest, kind: str) -> dict[str, str]:
    """The tags in a request for a kind of new resource."""
    heads = [head for head in _specifications(request) if request.value(f"{head}ResourceType") == kind]
    found = [tag for head in heads for tag in _tags(request, f"{head}Tag.").values()]
    return {tag["Key"]: tag.get("Value", "") for tag in found if "Key" in tag}


def _look_at(request: AwsRequest, prefix: str) -> None:
    """moto accepts any key and value (70, 71), and fails without a value (73)."""
    seen: set[str] = set()
    for name, tag in _tags(request, prefix).items():
        key, value = tag.get("Key", ""), tag.get("Value", "")
        request.form[f"{name}Value"] = value
        if not key:
            raise AwsError("InvalidParameterValue", "Tag key cannot be null or empty.")
        if key.lower().startswith("aws:"):
            raise AwsError("InvalidParameterValue", f"Tag keys starting with 'aws:' are reserved: '{key}'.")
        if len(key) > _LONGEST_KEY:
            raise AwsError("InvalidParameterValue", f"Tag key exceeds the maximum length of {_LONGEST_KEY} characters.")
        if len(value) > _LONGEST_VALUE:
            words = f"Tag value exceeds the maximum length of {_LONGEST_VALUE} characters."
            raise AwsError("InvalidParameterValue", words)
        if key in seen:
            raise AwsError("InvalidParameterValue", f"Duplicate tag key '{key}' specified.")
        seen.add(key)
    if len(seen) > _MOST:
        raise AwsError("TagLimitExceeded", f"A resource has at most {_MOST} tags.")


@before("ec2", "CreateTags")
def tags_are_valid(request: AwsRequest) -> None:
    """moto accepts any (70 to 73)."""
    _look_at(request, "Tag.")
    if not _tags(request, "Tag."):
        raise AwsError("MissingParameter", "The request must contain the parameter tagSet")


@before("ec2", *_KINDS)
def tags_of_new_resources_are_valid(request: AwsRequest) -> None:
    """And for a kind that the operation makes: moto accepts any (70 to 74, 407)."""
    code = "InvalidParameter" if request.operation == "CreateSubnet" else "InvalidParameterValue"
    for head in _specifications(request):
        kind = request.value(f"{head}ResourceType")
        if not kind:
            raise AwsError(code, "Tag specification resource type must have a value")
        if kind not in _KINDS[request.operation]:
            raise AwsError(code, f"'{kind}' is not a valid taggable resource type for this operation.")
        if not _tags(request, f"{head}Tag."):
            raise AwsError(code, "Tag specification must have at least one tag")
        _look_at(request, f"{head}Tag.")


@before("ec2", "DeleteTags")
def no_tag_means_all(request: AwsRequest) -> None:
    """A request without tags removes all; moto removes none (75)."""
    if not _tags(request, "Tag."):
        keys = dict.fromkeys(key for id in request.values("ResourceId") for key in request.ec2.tags.get(id, {}))
        request.form |= {f"Tag.{n}.Key": key for n, key in enumerate(keys, 1) if not key.startswith("aws:")}


# --- tagged resources -------------------------------------------------------------------------------------------------


@before("ec2", "CreateTags")
def tagged_resources_exist(request: AwsRequest) -> None:
    """moto tags instances, interfaces, addresses, key pairs and Spot requests that do not exist (68)."""
    for id in request.values("ResourceId"):
        prefix = id.partition("-")[0]
        if prefix in _NAMED and id not in _known(request, prefix):
            code, what = _NAMED[prefix]
            raise AwsError(code, f"The {what} ID '{id}' does not exist")


_NAMED = {
    "i": ("InvalidInstanceID.NotFound", "instance"),
    "eni": ("InvalidNetworkInterfaceID.NotFound", "network interface"),
    "eipalloc": ("InvalidAllocationID.NotFound", "allocation"),
    "key": ("InvalidKeyPair.NotFound", "key pair"),
    "sir": ("InvalidSpotInstanceRequestID.NotFound", "Spot instance request"),
}


def _known(request: AwsRequest, prefix: str) -> set[Any]:
    if prefix == "i":
        return set(instances(request))
    if prefix == "eni":
        return set(request.ec2.enis)
    if prefix == "eipalloc":
        return {address.allocation_id for address in request.ec2.addresses}
    if prefix == "key":
        return {pair.id for pair in request.ec2.key_pairs.values()}
    return set(request.ec2.spot_instance_requests)
