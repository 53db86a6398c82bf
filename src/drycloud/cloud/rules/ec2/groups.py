"""Security groups themselves: their names, their network, and when they can be deleted."""

import re
from collections import Counter

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import all_groups, group_of, instances
from drycloud.cloud.rules.registry import before

_ALLOWED = re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_CHANGE_RULES = [f"{verb}SecurityGroup{way}" for verb in ("Authorize", "Revoke") for way in ("Ingress", "Egress")]
_GROUP_OF_ONE = re.compile(r"(NetworkInterface\.\d+\.SecurityG|SecurityG|G)roupId\.\d+")
_MOST_GROUPS = 5  # of an interface


@before("ec2", "CreateSecurityGroup")
def group_name_and_description_are_valid(request: AwsRequest) -> None:
    """moto accepts any (92, 93)."""
    name = request.form.get("GroupName", "")
    for field in ("GroupName", "GroupDescription"):
        text = request.form.get(field, "")
        if not _ALLOWED.fullmatch(text):
            kind = "Use up to 255 letters without accents, digits, spaces and ._-:/()#,@[]+=&;{}!$*"
            raise AwsError("InvalidParameterValue", f"Value ({text}) for parameter {field} is invalid. {kind}")
    if not name:
        raise AwsError("MissingParameter", "The request must contain the parameter GroupName.")
    if name.startswith("sg-"):
        words = f"Value ({name}) for parameter GroupName is invalid. A name may not start with sg-, as ids do."
        raise AwsError("InvalidParameterValue", words)
    if name.lower() == "default":
        raise AwsError("InvalidParameterValue", f"The name {name} is reserved for the group that every VPC has.")


@before("ec2", "CreateSecurityGroup")
def network_of_a_group_exists(request: AwsRequest) -> None:
    """moto makes groups in a VPC that does not exist (94)."""
    vpc = request.value("VpcId")
    if vpc and vpc not in request.ec2.vpcs:
        raise AwsError("InvalidVpcID.NotFound", f"The vpc ID '{vpc}' does not exist.")


@before("ec2", "CreateSecurityGroup")
def names_differ_by_more_than_case(request: AwsRequest) -> None:
    """Names in a VPC; moto accepts "Web" next to "web" (91)."""
    name = request.form.get("GroupName", "")
    vpc = request.value("VpcId") or request.ec2.default_vpc.id
    if any(group.name.lower() == name.lower() for group in request.ec2.groups[vpc].values()):
        raise AwsError("InvalidGroup.Duplicate", f"The security group '{name}' already exists for VPC '{vpc}'.")


@before("ec2", "DeleteSecurityGroup")
def group_to_delete_is_named(request: AwsRequest) -> None:
    """moto deletes nothing, and returns success (262)."""
    if not request.value("GroupId") and not request.value("GroupName"):
        raise AwsError("MissingParameter", "The request must contain the parameter GroupName or GroupId.")


@before("ec2", "DeleteSecurityGroup")
def default_group_stays(request: AwsRequest) -> None:
    """moto deletes it, and instances launched later have no group (80)."""
    group = group_of(request, request.value("GroupId") or request.value("GroupName"))
    if group is not None and group.is_default:
        words = f'the specified group: "{group.id}" name: "default" cannot be deleted by a user'
        raise AwsError("CannotDelete", words)


@before("ec2", "DeleteSecurityGroup")
def group_in_use_stays(request: AwsRequest) -> None:
    """A group in use by an interface, a live instance, or another group's rule cannot be deleted (78, 79)."""
    group = group_of(request, request.value("GroupId") or request.value("GroupName"))
    if group is not None and (_has_members(request, group.id) or _is_named_elsewhere(request, group.id)):
        raise AwsError("DependencyViolation", f"resource {group.id} has a dependent object")


def _has_members(request: AwsRequest, id: str) -> bool:
    """Interfaces of terminated instances, which moto keeps, do not count."""
    there = [i for i in instances(request).values() if i._state.name != "terminated"]
    free = [e for e in request.ec2.enis.values() if e.instance is None or e.instance._state.name != "terminated"]
    of_instances = (group.id for i in there for group in i.security_groups)
    return id in of_instances or any(group.id == id for eni in free for group in eni.group_set)


def _is_named_elsewhere(request: AwsRequest, id: str) -> bool:
    others = (group for group in all_groups(request) if group.id != id)
    return any(
        rule.source_group.get("GroupId") == id for group in others for rule in group.ingress_rules + group.egress_rules
    )


@before("ec2", "ModifyNetworkInterfaceAttribute")
def list_of_groups_is_not_empty(request: AwsRequest) -> None:
    """An empty list of groups is no change (259); moto leaves an interface without a group."""
    if not request.form.keys() - {"Action", "Version", "DryRun", "NetworkInterfaceId"}:
        raise AwsError("InvalidParameterCombination", "No attributes specified.")


@before("ec2", "RunInstances", "CreateNetworkInterface", "ModifyInstanceAttribute", "ModifyNetworkInterfaceAttribute")
def groups_of_an_interface_are_limited(request: AwsRequest) -> None:
    """AWS's default quota; moto accepts any number (229)."""
    counts = Counter(field.rpartition(".")[0] for field in request.form if _GROUP_OF_ONE.fullmatch(field))
    if max(counts.values(), default=0) > _MOST_GROUPS:
        words = "The maximum number of security groups per interface has been reached."
        raise AwsError("SecurityGroupsPerInterfaceLimitExceeded", words)
