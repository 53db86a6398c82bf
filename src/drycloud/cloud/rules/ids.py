"""Ids: which fields of EC2's requests contain them, their prefixes, and AWS's errors for malformed ones.

The codes are in AWS's list of EC2 errors, and their spelling follows no rule. Kinds without a code there (addresses'
allocations, key pairs, associations) have no malformed ids either: such an id does not exist.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.fields import fields_of, general
from drycloud.cloud.rules.registry import before

_HEX = "([0-9a-f]{8}|[0-9a-f]{17})"
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OTHER_FORMS = {"sfr": _UUID, "sir": "([0-9a-z]{8}|[0-9a-f]{17})"}  # sir-: AWS's form, and the form of moto's fleets

# The prefix of an id, and the code for a malformed one.
CODES = {
    "acl": "InvalidNetworkAclId.Malformed",
    "aki": "InvalidKernelId.Malformed",
    "ami": "InvalidAMIID.Malformed",
    "ari": "InvalidRamDiskId.Malformed",
    "cgw": "InvalidCustomerGatewayId.Malformed",
    "cr": "InvalidCapacityReservationId.Malformed",
    "dopt": "InvalidDhcpOptionsId.Malformed",
    "eice": "InvalidInstanceConnectEndpointId.Malformed",
    "eigw": "InvalidEgressOnlyInternetGatewayId.Malformed",
    "eni": "InvalidNetworkInterfaceId.Malformed",
    "eni-attach": "InvalidNetworkInterfaceAttachmentId.Malformed",
    "h": "InvalidHostID.Malformed",
    "i": "InvalidInstanceID.Malformed",
    "igw": "InvalidInternetGatewayId.Malformed",
    "lt": "InvalidLaunchTemplateId.Malformed",
    "nat": "NatGatewayMalformed",
    "pcx": "InvalidVpcPeeringConnectionId.Malformed",
    "pg": "InvalidPlacementGroupId.Malformed",
    "pl": "InvalidPrefixListId.Malformed",
    "rtb": "InvalidRouteTableId.Malformed",
    "sfr": "InvalidSpotFleetRequestId.Malformed",
    "sg": "InvalidGroupId.Malformed",
    "sgr": "InvalidSecurityGroupRuleId.Malformed",
    "sir": "InvalidSpotInstanceRequestID.Malformed",
    "snap": "InvalidSnapshotID.Malformed",
    "subnet": "InvalidSubnetID.Malformed",
    "vol": "InvalidParameterValue",  # AWS lists InvalidVolumeID.Malformed, but returns this
    "vpc": "InvalidVpcID.Malformed",
    "vpce": "InvalidVpcEndpointId.Malformed",
    "vpce-svc": "InvalidVpcEndpointServiceId.Malformed",  # AWS's list has IdId, its answers do not
}
# botocore's shapes of ids.
_SHAPES = {
    "AllocationId": "eipalloc",
    "CapacityReservationId": "cr",
    "CustomerGatewayId": "cgw",
    "DedicatedHostId": "h",
    "DefaultingDhcpOptionsId": "dopt",
    "DhcpOptionsId": "dopt",
    "DisassociateSecurityGroupVpcSecurityGroupId": "sg",
    "EgressOnlyInternetGatewayId": "eigw",
    "ImageId": "ami",
    "InstanceConnectEndpointId": "eice",
    "InstanceId": "i",
    "InstanceIdForResolver": "i",
    "InstanceIdWithVolumeResolver": "i",
    "InternetGatewayId": "igw",
    "KernelId": "aki",
    "LaunchTemplateId": "lt",
    "NatGatewayId": "nat",
    "NetworkAclId": "acl",
    "NetworkInterfaceAttachmentId": "eni-attach",
    "NetworkInterfaceId": "eni",
    "PlacementGroupId": "pg",
    "PrefixListResourceId": "pl",
    "RamdiskId": "ari",
    "RouteTableId": "rtb",
    "SecurityGroupId": "sg",
    "SecurityGroupRuleId": "sgr",
    "SnapshotId": "snap",
    "SpotFleetRequestId": "sfr",
    "SpotInstanceRequestId": "sir",
    "SubnetId": "subnet",
    "VolumeId": "vol",
    "VolumeIdWithResolver": "vol",
    "VpcEndpointId": "vpce",
    "VpcEndpointServiceId": "vpce-svc",
    "VpcId": "vpc",
    "VpcPeeringConnectionId": "pcx",
    "VpcPeeringConnectionIdWithResolver": "pcx",
    "VpnGatewayId": "vgw",
}
# Members that are plain texts in botocore.
_MEMBERS = {
    "GroupId": "sg",
    "ImageId": "ami",
    "LaunchTemplateId": "lt",
    "PeerVpcId": "vpc",
    "PrefixListId": "pl",
    "PrefixListIds": "pl",
    "SecurityGroupRuleId": "sgr",
    "SecurityGroupRuleIds": "sgr",
    "SourceImageId": "ami",
    "SourceSnapshotId": "snap",
    "SubnetId": "subnet",
    "SubnetIds": "subnet",
    "VpcId": "vpc",
    "VpcPeeringConnectionId": "pcx",
}
_INSTEAD = {"ami": "resolve:ssm:", "dopt": "default"}  # texts that are allowed in place of an id
_NOT_LOOKED_AT = "LaunchTemplateData."  # AWS validates a template's data at its launch


def refuse_malformed(ids: list[str], prefix: str) -> None:
    """Most ids have a prefix and 8 or 17 hexadecimal digits; anything else is an error."""
    for id in ids:
        if re.fullmatch(f"{prefix}-{_OTHER_FORMS.get(prefix, _HEX)}", id):
            continue
        if prefix == "vol":
            words = f"Value ({id}) for parameter volumeId is invalid. Expected: 'vol-...'."
            raise AwsError(CODES[prefix], words)
        raise AwsError(CODES[prefix], f'Invalid id: "{id}" (expecting "{prefix}-...")')


@before("ec2", "*")
def ids_are_of_their_form(request: AwsRequest) -> None:
    """moto reports most as missing, and ignores others (18, 45, 115, 147, 306, 345, 401)."""
    for _, prefix, id in ids_in(request):
        if prefix in CODES:
            refuse_malformed([id], prefix)


def ids_in(request: AwsRequest) -> Iterator[tuple[str, str, str]]:
    """The ids in a request in order: the field, the prefix of its kind, and the id."""
    known = id_fields(request.operation)
    for name, text in request.form.items() if known else ():
        prefix = known.get(general(name))
        if prefix is not None and not (prefix in _INSTEAD and text.startswith(_INSTEAD[prefix])):
            yield name, prefix, text


@cache
def id_fields(operation: str) -> dict[str, str]:
    """The fields of an operation with ids, by general names ("InstanceId.#"), with the prefixes of their ids."""
    kinds = {name: _prefix(member, shape) for name, (member, shape) in fields_of(operation).items()}
    return {name: prefix for name, prefix in kinds.items() if prefix and not name.startswith(_NOT_LOOKED_AT)}


def _prefix(member: str, shape: Any) -> str | None:
    """The prefix of a field's ids; None if it has none."""
    return _SHAPES.get(shape.name) or (_MEMBERS.get(member) if shape.name == "String" else None)
