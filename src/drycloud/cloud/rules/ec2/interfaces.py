"""The network of a launch: its security groups, zone, subnet and private address."""

import ipaddress
import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.launching import zones_with
from drycloud.cloud.rules.existence import require_named_resources
from drycloud.cloud.rules.ids import ids_are_of_their_form
from drycloud.cloud.rules.lookup import group_of
from drycloud.cloud.rules.registry import before

_GROUP = re.compile(r"(NetworkInterface\.\d+\.)?SecurityGroupId\.\d+")


def _cards(request: AwsRequest) -> list[str]:
    """The prefix of each of a launch's interfaces in the form ("NetworkInterface.1.")."""
    return sorted(
        {".".join(name.split(".")[:2]) + "." for name in request.form if name.startswith("NetworkInterface.")}
    )


def _card(request: AwsRequest) -> str:
    """The prefix of the first interface in the form, or '' if there is none."""
    return next((card for card in _cards(request) if request.value(f"{card}DeviceIndex") == "0"), "")


# --- groups -----------------------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def interface_settings_are_not_repeated(request: AwsRequest) -> None:
    """Settings of an interface must not also be given for the instance (256): moto uses the groups of both.

    Each interface has a device index, and the first is 0; moto fails without it.
    """
    for card in _cards(request):
        if not request.form.get(f"{card}DeviceIndex", "").isdecimal():
            raise AwsError("InvalidParameterValue", "Each network interface requires a device index.")
    if _cards(request) and not _card(request):
        raise AwsError("InvalidParameterValue", "One network interface must have the device index 0.")
    fields = {"SubnetId": "subnet ID", "SecurityGroupId.1": "security groups", "SecurityGroup.1": "security groups"}
    for field, what in fields.items():
        if field in request.form and _card(request):
            words = f"Network interfaces and an instance-level {what} may not be specified on the same request"
            raise AwsError("InvalidParameterCombination", words)


@before("ec2", "RunInstances")
def group_names_are_of_the_default_network(request: AwsRequest) -> None:
    """They need no subnet; moto accepts names of any VPC, and fails on an unknown name (19)."""
    names = request.values("SecurityGroup")
    if names and request.value("SubnetId"):
        words = "The parameter groupName cannot be used with the parameter subnet"
        raise AwsError("InvalidParameterCombination", words)
    known = {group.name: group.id for group in request.ec2.groups[request.ec2.default_vpc.id].values()}
    ids = request.values("SecurityGroupId")
    for name in names:
        if name not in known:
            words = f"The security group '{name}' does not exist in default VPC '{request.ec2.default_vpc.id}'"
            raise AwsError("InvalidGroup.NotFound", words)
        ids.append(known[name])
    for field in [field for field in request.form if re.fullmatch(r"SecurityGroup(Id)?\..*", field)]:
        del request.form[field]
    request.form |= {f"SecurityGroupId.{n}": id for n, id in enumerate(dict.fromkeys(ids), 1)}


@before("ec2", "RunInstances")
def resources_of_a_launch_exist(request: AwsRequest) -> None:
    """Also ids in its template; moto does not recognise malformed ids (18), and its dry run does not check (17, 29)."""
    ids_are_of_their_form(request)
    require_named_resources(request)


# --- zone and subnet --------------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def zone_of_a_launch_exists(request: AwsRequest) -> None:
    """moto's dry run does not check (22, 29)."""
    zone = request.value("Placement.AvailabilityZone")
    if zone is not None and all(zone != known.name for known in request.ec2.describe_availability_zones()):
        raise AwsError("InvalidParameterValue", f"Invalid availability zone: [{zone}]")


@before("ec2", "RunInstances")
def launch_has_a_subnet(request: AwsRequest) -> None:
    """The default is the zone's default subnet; moto then gives an address outside of any subnet (57)."""
    card = _card(request)
    if request.value(f"{card}NetworkInterfaceId"):
        return
    if not request.value(f"{card}SubnetId"):
        defaults = request.ec2.get_default_subnets()
        fitting = sorted(zones_with(request.region, request.form.get("InstanceType", "")) & set(defaults)) or sorted(
            defaults
        )
        zone = request.value("Placement.AvailabilityZone") or (fitting[0] if fitting else "")
        if not defaults:
            raise AwsError("VPCIdNotSpecified", "No default VPC for this user. Name a subnet.")
        if zone not in defaults:
            raise AwsError("MissingInput", f"No default subnet for availability zone: '{zone}'.")
        request.form[f"{card}SubnetId"] = defaults[zone].id
    _look_at_subnet(request, request.form[f"{card}SubnetId"], request.value(f"{card}PrivateIpAddress"))


def _look_at_subnet(request: AwsRequest, id: str, address: str | None) -> None:
    """It exists (21), is in the groups' VPC (20), and offers the requested address and type."""
    subnet = next((subnets[id] for subnets in request.ec2.subnets.values() if id in subnets), None)
    if subnet is None:
        raise AwsError("InvalidSubnetID.NotFound", f"The subnet ID '{id}' does not exist")
    for group in (group_of(request, request.form[field]) for field in request.form if _GROUP.fullmatch(field)):
        if group.vpc_id != subnet.vpc_id:
            words = f"Security group {group.id} and subnet {id} belong to different networks."
            raise AwsError("InvalidParameter", words)
    if address is not None:
        _look_at_address(subnet, address)
    kind = request.form.get("InstanceType", "")
    zones = zones_with(request.region, kind)
    if zones and subnet.availability_zone not in zones:
        words = f"Your requested instance type ({kind}) is not supported in your requested Availability Zone "
        words += f"({subnet.availability_zone}). Choose {', '.join(sorted(zones))}, or none."
        raise AwsError("Unsupported", words)


def _look_at_address(subnet: Any, text: str) -> None:
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        raise AwsError("InvalidParameterValue", f"Value ({text}) for parameter address is invalid.") from None
    if address not in subnet.cidr:
        raise AwsError("InvalidParameterValue", f"Address {text} does not fall within the subnet's address range")
    reserved = [subnet.cidr[n] for n in (0, 1, 2, 3, -1)]
    if address in reserved or text in subnet._subnet_ips:
        raise AwsError("InvalidIPAddress.InUse", f"Address {text} is in use.")


@before("ec2", "CreateSubnet")
def subnet_has_a_zone(request: AwsRequest) -> None:
    """AWS chooses a default; moto chooses at random, without a seed.

    No row: any zone is correct, but it must be the same each time.
    """
    if not request.value("AvailabilityZone") and not request.value("AvailabilityZoneId"):
        request.form["AvailabilityZone"] = request.ec2.describe_availability_zones()[0].name
