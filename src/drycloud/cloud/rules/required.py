"""What a request of EC2 cannot do without, and values that are of no use where they stand."""

import re
from functools import cache

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.request.fields import fields_of, general, sent
from drycloud.cloud.request.operations import model
from drycloud.cloud.rules.registry import before

# Fields of which one is necessary, though botocore has none of them so.
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
_SAID_OTHERWISE = {"TerminateInstances"}  # where AWS has another code (46)
_KINDS = {"integer": _NUMBER, "long": _NUMBER, "boolean": _FLAG}


@before("ec2", "*")
def what_has_to_be_said_is_said(ask: Ask) -> None:
    """moto goes on without it: it says that 'None' is not there, or stumbles when half is done (349)."""
    there = {name.partition(".")[0] for name in ask.form}
    for name in _required(ask.operation) if ask.operation not in _SAID_OTHERWISE else ():
        if name not in there:
            raise AwsError("MissingParameter", f"The request must contain the parameter {name}")
    names = _ONE_OF.get(ask.operation, ())
    if names and not there.intersection(names):
        raise AwsError("MissingParameter", f"The request must contain the parameter {' or '.join(names)}")


@before("ec2", "*")
def numbers_and_flags_are_such(ask: Ask) -> None:
    """moto fails at a number that is none, and takes a flag that is none for false (353)."""
    known = _of_a_kind(ask.operation)
    for name, text in ask.form.items() if known else ():
        pattern = known.get(general(name))
        if pattern is not None and not re.fullmatch(pattern, text):
            raise AwsError("InvalidParameterValue", f"Value ({text[:50]}) for parameter {name} is invalid.")


@cache
def _required(operation: str) -> tuple[str, ...]:
    """The fields at the top that botocore's model of the operation has as necessary, as they are sent."""
    ec2 = model("ec2")
    shape = ec2.operation_model(operation).input_shape if operation in ec2.operation_names else None
    return tuple(sent(shape.members[name], name).partition(".")[0] for name in shape.required_members) if shape else ()


@cache
def _of_a_kind(operation: str) -> dict[str, str]:
    """The fields that are numbers or flags, by general names, and what such a value looks like."""
    fields = fields_of(operation).items()
    return {name: _KINDS[shape.type_name] for name, (_, shape) in fields if shape.type_name in _KINDS}
