"""Modifying rules of security groups: everything that a request changes is validated before the first change."""

from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.permissions import Permission, key_of, look_at
from drycloud.cloud.rules.ids import refuse_malformed
from drycloud.cloud.rules.lookup import describe_rule, group_of
from drycloud.cloud.rules.registry import Answer, before, xml

_WILD = set("*?")
_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"
# The names of a source in a request to modify a rule, and in a permission.
_SOURCES = {
    "CidrIpv4": "CidrIp",
    "CidrIpv6": "CidrIpv6",
    "PrefixListId": "PrefixListIds.1.PrefixListId",
    "ReferencedGroupId": "Groups.1.GroupId",
}


@before("ec2", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress")
def revoked_ids_exist(request: AwsRequest) -> None:
    """moto has one code for everything that does not exist (401)."""
    ids = request.values("SecurityGroupRuleId")
    group = group_of(request, request.value("GroupId") or request.value("GroupName"))
    if group is not None:
        _rules_of(group, ids, egress=request.operation.endswith("Egress"))


@before("ec2", "DescribeSecurityGroupRules")
def group_of_a_filter_is_an_id(request: AwsRequest) -> None:
    """No row: moto does so, too; but our own filters would find nothing."""
    for id in (text for name, texts in request.filters if name == "group-id" for text in texts):
        if not (_WILD & set(id) or id.startswith("sg-")):
            raise AwsError("InvalidGroupId.Malformed", f"The security group ID '{id}' is malformed")


@before("ec2", "ModifySecurityGroupRules")
def rules_are_modified_all_or_none(request: AwsRequest) -> Answer:
    """moto modifies the rules before the invalid one, and of sources only IPv4 ranges (400).

    It also requires ports for any protocol (323).
    """
    id = request.value("GroupId")
    group = group_of(request, id)
    if group is None:
        raise AwsError("InvalidGroup.NotFound", f"The security group '{id}' does not exist")
    wanted = [member for member in request.members("SecurityGroupRule") if isinstance(member, dict)]
    rules = _rules_of(group, [member.get("SecurityGroupRuleId", "") for member in wanted])
    changes = [(rule, _permission(rule, member)) for rule, member in zip(rules, wanted, strict=True)]
    for _, permission in changes:
        look_at(request, permission)
    _refuse_doubles(request, group, changes)
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    for rule, permission in changes:
        _change(rule, permission)
    return xml(f'<{request.operation}Response xmlns="{_DOC}"><return>true</return></{request.operation}Response>')


def _rules_of(group: Any, ids: list[str], *, egress: bool | None = None) -> list[Any]:
    """The group's rules with these ids, optionally only those of one direction."""
    refuse_malformed(ids, "sgr")
    known = {r.id: r for r in (*group.ingress_rules, *group.egress_rules) if egress in (None, r.is_egress)}
    for id in ids:
        if id not in known:
            raise AwsError("InvalidSecurityGroupRuleId.NotFound", f"The security group rule ID '{id}' does not exist")
    return [known[id] for id in ids]


def _permission(rule: Any, member: dict[str, str]) -> Permission:
    """The modified rule as a permission: it has one source, of the same kind as before."""
    head = "SecurityGroupRule."
    said = {name.removeprefix(head): text for name, text in member.items() if name.startswith(head)}
    sources = [name for name in _SOURCES if name in said]
    one_of = "cidrIp, cidrIpv6, prefixListId, or referencedGroupId"
    if not sources:
        raise AwsError("MissingParameter", f"The request must contain exactly one of: {one_of}")
    if len(sources) > 1:
        raise AwsError("InvalidParameterCombination", f"Only one of {one_of} can be specified")
    if sources[0] != _kind(rule):
        words = f"Invalid rule type for security group rule '{rule.id}'. You may not specify {sources[0]} for it."
        raise AwsError("InvalidParameterValue", words)
    fields = {_SOURCES.get(name, name): text for name, text in said.items()}
    return Permission(fields, "", list(fields))


def _kind(rule: Any) -> str:
    if rule.source_group:
        return "ReferencedGroupId"
    if rule.prefix_list_id:
        return "PrefixListId"
    return "CidrIpv6" if rule.ip_range.get("CidrIpv6") else "CidrIpv4"


def _refuse_doubles(request: AwsRequest, group: Any, changes: list[tuple[Any, Permission]]) -> None:
    """Refuse a change that makes two rules equal."""
    changed = {rule.id for rule, _ in changes}
    for egress in (False, True):
        held = {key_of(r) for r in (group.egress_rules if egress else group.ingress_rules) if r.id not in changed}
        for key in (next(p.keys(request)) for rule, p in changes if rule.is_egress == egress):
            if key in held:
                words = f"peer: {key[3]}, {key[0].upper()}, from port: {key[1]}, to port: {key[2]}, ALLOW"
                raise AwsError("InvalidPermission.Duplicate", f'the specified rule "{words}" already exists')
            held.add(key)


def _change(rule: Any, permission: Permission) -> None:
    rule.ip_protocol = permission.protocol
    ports = [permission.get(name) for name in ("FromPort", "ToPort")]
    rule.from_port, rule.to_port = (None, None) if permission.protocol == "-1" else map(int, ports)
    source = {name: permission.get(field) for name, field in _SOURCES.items() if permission.get(field)}
    for name, text in source.items():
        if name == "ReferencedGroupId":
            rule.source_group = {**rule.source_group, "GroupId": text}
        elif name == "PrefixListId":
            rule.prefix_list_id = text
        else:
            rule.ip_range = {**rule.ip_range, _SOURCES[name]: text}
    if "Description" in permission.form:
        describe_rule(rule, permission.get("Description"))
