"""Elastic IP addresses, prefix lists, and quotas of networks.

Addresses of instances that stop and start are in patches/networking.py.
"""

import ipaddress
import re
from typing import Any

from drycloud.cloud.patches.networking import ELASTIC, dissolve
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import instance_of
from drycloud.cloud.rules.registry import Answer, after, before

# AWS's default quotas in a region.
_MOST_ADDRESSES = _MOST_NETWORKS = _MOST_GATEWAYS = 5
_MOST_OF_INTERFACE = 50  # addresses of the largest instance types' interfaces
_KEPT_BY_AWS = 5  # addresses of each subnet
_FAMILIES = {"IPv4": ipaddress.IPv4Network, "IPv6": ipaddress.IPv6Network}  # of prefix lists
_ENTRY = re.compile(r"(Entry|AddEntry|RemoveEntry)\.\d+\.Cidr")


@before("ec2", "AllocateAddress")
def addresses_are_limited(request: AwsRequest) -> None:
    """moto allocates any number (139)."""
    if len(request.ec2.addresses) >= _MOST_ADDRESSES:
        raise AwsError("AddressLimitExceeded", "The maximum number of addresses has been reached.")


@before("ec2", "AllocateAddress")
def requested_address_is_free(request: AwsRequest) -> None:
    """A requested address must be free and ours: moto allocates any (261); all are for VPCs."""
    wanted = request.value("Address")
    if wanted is not None and (not _is_ours(wanted) or _found(request, "PublicIp", wanted) is not None):
        raise AwsError("InvalidAddress.NotFound", f"Address '{wanted}' not found.")
    request.form["Domain"] = "vpc"


@before("ec2", "AssignPrivateIpAddresses", "AssignIpv6Addresses", "CreateNetworkInterface")
def addresses_of_an_interface_are_limited(request: AwsRequest) -> None:
    """No row: stock moto loops for ever if there are more than the subnet has, or fewer than none."""
    for name in ("SecondaryPrivateIpAddressCount", "Ipv6AddressCount"):
        wanted = request.value(name)
        if wanted is None:
            continue
        if not re.fullmatch("[1-9][0-9]?", wanted, re.ASCII) or int(wanted) > _MOST_OF_INTERFACE:
            words = f"Value ({wanted[:20]}) for parameter {name} is invalid. It is at most {_MOST_OF_INTERFACE}."
            raise AwsError("InvalidParameterValue", words)
        interface = request.ec2.enis.get(request.value("NetworkInterfaceId") or "")
        if name == "SecondaryPrivateIpAddressCount" and interface is not None:
            free = ipaddress.ip_network(interface.subnet.cidr_block).num_addresses - _KEPT_BY_AWS
            if int(wanted) + len(interface.private_ip_addresses) > free:
                words = "The specified subnet does not have enough free addresses to satisfy the request."
                raise AwsError("InsufficientFreeAddressesInSubnet", words)


@before("ec2", "CreateVpc", "CreateSubnet", "AssociateVpcCidrBlock")
def cidr_of_a_network_is_canonical(request: AwsRequest) -> None:
    """100.68.0.18/18 becomes 100.68.0.0/18; moto keeps such a range unchanged (432), and also an invalid one."""
    wanted = request.value("CidrBlock")
    if wanted is None:
        return
    try:
        request.form["CidrBlock"] = str(ipaddress.IPv4Network(wanted, strict=False))
    except ValueError:
        words = f"Value ({wanted[:50]}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        raise AwsError("InvalidParameterValue", words) from None


@before("ec2", "CreateManagedPrefixList", "ModifyManagedPrefixList")
def entries_of_a_prefix_list_are_networks(request: AwsRequest) -> None:
    """Each entry has the list's address family, and no host bits.

    No row: stock moto keeps any text, and a check that reads the list as networks then fails.
    """
    known = request.ec2.managed_prefix_lists.get(request.value("PrefixListId") or "")
    family = str(known.address_family if known else request.value("AddressFamily"))
    if family not in _FAMILIES:
        raise AwsError("InvalidParameterValue", f"The value ({family[:20]}) is not valid for AddressFamily.")
    for field in [name for name in request.form if _ENTRY.fullmatch(name)]:
        try:
            request.form[field] = str(_FAMILIES[family](request.form[field], strict=False))
        except ValueError:
            words = f"The CIDR ({request.form[field][:50]}) is not a valid {family} CIDR block."
            raise AwsError("InvalidParameterValue", words) from None


@before("ec2", "CreateVpcPeeringConnection")
def owner_of_a_peer_is_known(request: AwsRequest) -> None:
    """No row: moto makes the connection before it looks for a network in an account that does not exist."""
    if request.value("PeerOwnerId") not in (None, request.ec2.account_id):
        raise AwsError("InvalidVpcID.NotFound", f"The vpc ID '{request.value('PeerVpcId')}' does not exist")


def _is_ours(text: str) -> bool:
    try:
        return ipaddress.ip_address(text) in ELASTIC
    except ValueError:
        return False


@before("ec2", "AssociateAddress")
def addresses_move_by_default(request: AwsRequest) -> None:
    """moto refuses by default, as AWS did before VPCs (131)."""
    request.form.setdefault("AllowReassociation", "true")


@before("ec2", "AssociateAddress")
def instance_can_take_an_address(request: AwsRequest) -> None:
    """Not while it starts or ends; moto associates an address with any instance (133)."""
    instance = instance_of(request, request.value("InstanceId"))
    if instance is not None and instance._state.name in ("pending", "shutting-down", "terminated"):
        words = f"The {instance._state.name} instance '{instance.id}' is not in a valid state for this operation."
        raise AwsError("InvalidInstanceID", words)


@before("ec2", "ReleaseAddress")
def address_is_released_by_allocation_id(request: AwsRequest) -> None:
    """moto also accepts the address itself (138)."""
    address = _found(request, "PublicIp", request.value("PublicIp"))
    if address is not None and not request.value("AllocationId"):
        words = "You must specify an allocation id when releasing a VPC elastic IP address"
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "ReleaseAddress")
def address_in_use_is_not_released(request: AwsRequest) -> None:
    """In the default VPC it is disassociated; moto does so in every VPC (137)."""
    address = _found(request, "AllocationId", request.value("AllocationId"))
    if address is not None and address.eni is not None and not request.ec2.vpcs[address.eni.vpc_id].is_default:
        raise AwsError("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.")


@after("ec2", "TerminateInstances")
def terminated_instances_have_no_address(request: AwsRequest, answer: Answer) -> None:
    """The address stays allocated; in moto it stays associated (135)."""
    del answer
    for address in request.ec2.addresses:
        if address.instance is not None and address.instance._state.target == "terminated":
            dissolve(address)


@before("ec2", "CreateVpc")
def networks_are_limited(request: AwsRequest) -> None:
    """The default VPC counts, too; moto makes any number (228)."""
    if len(request.ec2.vpcs) >= _MOST_NETWORKS:
        raise AwsError("VpcLimitExceeded", "The maximum number of VPCs has been reached.")


@before("ec2", "CreateInternetGateway")
def gateways_are_limited(request: AwsRequest) -> None:
    """moto makes any number (228)."""
    if len(request.ec2.internet_gateways) >= _MOST_GATEWAYS:
        raise AwsError("InternetGatewayLimitExceeded", "The maximum number of internet gateways has been reached.")


def _found(request: AwsRequest, field: str, value: str | None) -> Any:
    """moto's address whose PublicIp or AllocationId is `value`, or None."""
    name = {"PublicIp": "public_ip", "AllocationId": "allocation_id"}[field]
    return next((address for address in request.ec2.addresses if value and getattr(address, name) == value), None)
