"""Required parameters of EC2 requests, and values of a wrong type."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.fields import fields_of, general, sent
from drycloud.cloud.request.operations import model
from drycloud.cloud.rules.registry import before

# Fields of which one is required, although botocore requires none of them.
_GROUP, _DESTINATION = ("GroupId", "GroupName"), ("CidrBlock", "Ipv6CidrBlock", "PrefixListId")
_ONE_OF = {
    "AssociateRouteTable": ("SubnetId", "GatewayId"),
    "CreateNatGateway": ("SubnetId", "VpcId"),
    "CreateVpc": ("CidrBlock", "Ipv4IpamPoolId"),
    "CreateVpcPeeringConnection": ("PeerVpcId",),
    "DisableVpcClassicLinkDnsSupport": ("VpcId",),
    "EnableVpcClassicLinkDnsSupport": ("VpcId",),
    "ModifyLaunchTemplate": ("SetDefaultVersion",),
    "ModifySnapshotTier": ("StorageTier",),
    **{f"{verb}Route": tuple(f"Destination{name}" for name in _DESTINATION) for verb in ("Delete", "Replace")},
    **{f"RevokeSecurityGroup{way}": _GROUP for way in ("Ingress", "Egress")},
    **{f"UpdateSecurityGroupRuleDescriptions{way}": _GROUP for way in ("Ingress", "Egress")},
}
_NUMBER, _FLAG = "-?[0-9]{1,19}", "(?i:true|false)"
_SAID_OTHERWISE = {"TerminateInstances"}  # AWS has another code for these (46)
_KINDS = {"integer": _NUMBER, "long": _NUMBER, "boolean": _FLAG}


@before("ec2", "*")
def required_parameters_are_present(request: AwsRequest) -> None:
    """moto continues without one: it reports 'None' as missing, or fails halfway (349)."""
    required = _required(request.operation) if request.operation not in _SAID_OTHERWISE else {}
    one_of = _ONE_OF.get(request.operation, ())
    if not required and not one_of:
        return
    there = {
        name[:end] for name in request.form for end in (*(dot.start() for dot in re.finditer(r"\.", name)), len(name))
    }
    for place in ("", *there) if required else ():
        for field in required.get(general(place), ()):
            name = f"{place}.{field}" if place else field
            if name not in there:
                raise AwsError("MissingParameter", f"The request must contain the parameter {name}"[:200])
    if one_of and not there.intersection(one_of):
        raise AwsError("MissingParameter", f"The request must contain the parameter {' or '.join(one_of)}")


@before("ec2", "*")
def numbers_and_flags_are_valid(request: AwsRequest) -> None:
    """moto fails on an invalid number, and reads an invalid flag as false (353)."""
    known = _of_a_kind(request.operation)
    for name, text in request.form.items() if known else ():
        pattern = known.get(general(name))
        if pattern is not None and not re.fullmatch(pattern, text):
            raise AwsError("InvalidParameterValue", f"Value ({text[:50]}) for parameter {name} is invalid.")


@cache
def _required(operation: str) -> dict[str, list[str]]:
    """The fields that botocore's model requires: at the top level (''), and in a list's member, by its general name."""
    ec2 = model("ec2")
    shape = ec2.operation_model(operation).input_shape if operation in ec2.operation_names else None
    found = dict(_required_of(shape, "", ())) if shape else {}
    return {place: fields for place, fields in found.items() if fields and (not place or place.endswith("#"))}


def _required_of(shape: Any, place: str, within: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The required fields of each structure of a shape; recursive shapes are not followed."""
    if shape.type_name == "list":
        yield from _required_of(shape.member, f"{place}.#", within)
    elif shape.type_name == "structure" and shape.name not in within:
        yield place, [sent(shape.members[name], name).partition(".")[0] for name in shape.required_members]
        for name, member in shape.members.items():
            inner = sent(member, name)
            yield from _required_of(member, f"{place}.{inner}" if place else inner, (*within, shape.name))


@cache
def _of_a_kind(operation: str) -> dict[str, str]:
    """The fields that are numbers or flags, by general names, with a pattern for their values."""
    fields = fields_of(operation).items()
    return {name: _KINDS[shape.type_name] for name, (_, shape) in fields if shape.type_name in _KINDS}
