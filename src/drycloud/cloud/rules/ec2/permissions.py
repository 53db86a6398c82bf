"""The rules of security groups: everything that a request adds or removes is validated before the first change."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import group_of
from drycloud.cloud.rules.registry import before

_ADD = ("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
_TAKE = ("RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress")
_DESCRIBE = ("UpdateSecurityGroupRuleDescriptionsIngress", "UpdateSecurityGroupRuleDescriptionsEgress")
_NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
_MOST_RULES = 60  # in each direction
_SINGLE = ("IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6")

Key = tuple[str, int | None, int | None, str | None]  # protocol, ports, source: what identifies a rule


class Permission:
    """One member of IpPermissions, or the fields of a request for a single rule, as a view of its form."""

    def __init__(self, form: dict[str, str], prefix: str, names: list[str]):
        self.form, self.prefix, self.names = form, prefix, names

    def get(self, name: str) -> str:
        """A field, or ''."""
        return self.form.get(self.prefix + name, "")

    def set(self, name: str, value: str) -> None:
        """Write a field."""
        self.form[self.prefix + name] = value

    def fields(self, pattern: str) -> list[str]:
        """The names, in the form, of its fields that match."""
        return [name for name in self.names if re.fullmatch(re.escape(self.prefix) + pattern, name)]

    @property
    def protocol(self) -> str:
        """tcp, udp, icmp, icmpv6, -1 for all, or another protocol's number; '' if there is none."""
        text = self.get("IpProtocol").lower()
        return _NAMES.get(text, text)

    @property
    def cidrs(self) -> list[str]:
        """The fields with address ranges."""
        return self.fields(r"(IpRanges\.\d+\.|Ipv6Ranges\.\d+\.)?(CidrIp|CidrIpv6)")

    @property
    def groups(self) -> list[str]:
        """The fields that name groups as sources."""
        return self.fields(r"Groups\.\d+\.(GroupId|GroupName)")

    @property
    def prefix_lists(self) -> list[str]:
        """The fields with prefix lists."""
        return self.fields(r"PrefixListIds\.\d+\.PrefixListId")

    def keys(self, request: AwsRequest) -> Iterator[Key]:
        """Its rules, one for each source."""
        ports = (None, None) if self.protocol == "-1" else (_number(self.get("FromPort")), _number(self.get("ToPort")))
        for field in self.cidrs:
            yield (self.protocol, *ports, _plain(self.form[field]) or self.form[field])
        for field in self.groups:
            group = group_of(request, self.form[field])
            yield (self.protocol, *ports, group.id if group else self.form[field])
        for field in self.prefix_lists:
            yield (self.protocol, *ports, self.form[field])


def _permissions(request: AwsRequest) -> list[Permission]:
    found: dict[int, list[str]] = {}
    for name in request.form:
        head, number, _ = (*name.split(".", 2), "", "")[:3]
        if head == "IpPermissions" and number.isdecimal():
            found.setdefault(int(number), []).append(name)
    if found:
        return [Permission(request.form, f"IpPermissions.{number}.", found[number]) for number in sorted(found)]
    single = [name for name in _SINGLE if name in request.form]
    return [Permission(request.form, "", single)] if single else []


@before("ec2", *_ADD, *_TAKE)
def source_group_allows_all_traffic(request: AwsRequest) -> None:
    """SourceSecurityGroupName means tcp, udp and icmp from that group; moto ignores it (89)."""
    name = request.form.pop("SourceSecurityGroupName", None)
    if name is not None:
        for number, (protocol, first, last) in enumerate((("tcp", 0, 65535), ("udp", 0, 65535), ("icmp", -1, -1)), 1):
            prefix = f"IpPermissions.{number}."
            request.form |= {
                f"{prefix}IpProtocol": protocol,
                f"{prefix}FromPort": str(first),
                f"{prefix}ToPort": str(last),
            }
            request.form[f"{prefix}Groups.1.GroupName"] = name


@before("ec2", *_ADD)
def rules_are_valid(request: AwsRequest) -> None:
    """A request with an invalid rule adds none; moto adds the rules before it (77, 82 to 90)."""
    if group_of(request, request.value("GroupId") or request.value("GroupName")) is None:
        return
    permissions = _permissions(request)
    if not permissions:
        raise AwsError("MissingParameter", "The request must contain the parameter ipPermissions.")
    for permission in permissions:
        look_at(request, permission)


@before("ec2", *_DESCRIBE)
def described_rules_are_valid(request: AwsRequest) -> None:
    """Like rules to add; moto updates those before the invalid one (350)."""
    for permission in _permissions(request):
        look_at(request, permission)


def look_at(request: AwsRequest, permission: Permission) -> None:
    """Raise the AwsError for an invalid rule; normalise the others as AWS does."""
    _look_at_protocol(permission)
    _look_at_ports(permission)
    _look_at_sources(permission)
    _look_at_ranges(permission)
    _look_at_groups(request, permission)


def _look_at_protocol(permission: Permission) -> None:
    """moto accepts any text, and an empty one (88)."""
    protocol = permission.protocol
    known = protocol in ("tcp", "udp", "icmp", "icmpv6", "-1") or (protocol.isdecimal() and int(protocol) <= 255)
    if not known:
        words = "VPC security group rules must specify protocols explicitly."
        raise AwsError("InvalidParameterValue", f"Invalid value '{protocol or 'null'}' for protocol. {words}")
    permission.set("IpProtocol", protocol)


def _look_at_ports(permission: Permission) -> None:
    """moto accepts any numbers, and fails without them (85, 86, 87)."""
    first, last = _number(permission.get("FromPort")), _number(permission.get("ToPort"))
    if permission.protocol in ("tcp", "udp"):
        if first is None or last is None:
            words = "Invalid value for portRange. Must specify both from and to ports with TCP/UDP."
            raise AwsError("InvalidParameterValue", words)
        for port in (first, last):
            if not 0 <= port <= 65535:
                raise AwsError("InvalidParameterValue", f"TCP/UDP port ({port}) out of range")
        if first > last:
            raise AwsError("InvalidParameterValue", f"Invalid TCP/UDP port range ({first}:{last})")
    elif permission.protocol != "-1":
        for name, value in (("FromPort", first), ("ToPort", last)):
            permission.set(name, str(-1 if value is None else value))  # any port: moto fails without a number
            if permission.protocol.startswith("icmp") and value is not None and not -1 <= value <= 255:
                raise AwsError("InvalidParameterValue", f"ICMP type or code ({value}) out of range")


def _look_at_sources(permission: Permission) -> None:
    """Each names a range, a prefix list or a group; moto fails on a source with only a description (350)."""
    heads = {field.rpartition(".")[0] for field in permission.fields(r"(IpRanges|Ipv6Ranges|PrefixListIds)\.\d+\..*")}
    named = {field.rpartition(".")[0] for field in (*permission.cidrs, *permission.prefix_lists)}
    if heads - named:
        raise AwsError("MissingParameter", "The request must contain the parameter cidrIp, cidrIpv6 or prefixListId.")


def _look_at_ranges(permission: Permission) -> None:
    """moto's message contains a Python dict; AWS cuts off host bits, moto keeps them (82, 83, 84)."""
    for field in permission.cidrs:
        text = permission.form[field]
        plain = _plain(text)
        if plain is None or (":" in plain) != field.endswith("CidrIpv6"):
            raise AwsError("InvalidParameterValue", f"CIDR block {text} is malformed")
        permission.form[field] = plain
    if not (permission.cidrs or permission.groups or permission.prefix_lists):
        raise AwsError("MissingParameter", "A rule must name a group or a range as its source.")  # 89


def _look_at_groups(request: AwsRequest, permission: Permission) -> None:
    """moto looks for a group after adding the rules before it (90)."""
    for field in permission.groups:
        named = permission.form[field]
        if group_of(request, named) is None:
            raise AwsError("InvalidGroup.NotFound", f"The security group '{named}' does not exist")


@before("ec2", *_ADD)
def rules_are_new_and_limited(request: AwsRequest) -> None:
    """moto adds the rules before the duplicate, or before the sixty-first (76, 77)."""
    group = group_of(request, request.value("GroupId") or request.value("GroupName"))
    if group is None:
        return
    wanted = [key for permission in _permissions(request) for key in permission.keys(request)]
    held = {key_of(rule) for rule in _held(request, group)}
    if len(set(wanted)) < len(wanted):
        raise AwsError("InvalidParameterValue", "The same permission must not appear multiple times")
    for key in wanted:
        if key in held:
            peer = f"peer: {key[3]}, {key[0].upper()}, from port: {key[1]}, to port: {key[2]}, ALLOW"
            raise AwsError("InvalidPermission.Duplicate", f'the specified rule "{peer}" already exists')
    if len(held) + len(wanted) > _MOST_RULES:
        words = f"A security group has at most {_MOST_RULES} rules in each direction."
        raise AwsError("RulesPerSecurityGroupLimitExceeded", words)


@before("ec2", *_TAKE)
def rules_to_revoke_exist(request: AwsRequest) -> None:
    """All or none: the rules are looked up here, and moto gets their ids (97); their sources must exist (413).

    moto itself revokes the rules before the missing one, and does not find one with another description.
    """
    group = group_of(request, request.value("GroupId") or request.value("GroupName"))
    permissions = _permissions(request)
    if group is None or not permissions:
        return
    for permission in permissions:
        _look_at_groups(request, permission)
    held = {key_of(rule): rule.id for rule in _held(request, group)}
    wanted = [key for permission in permissions for key in permission.keys(request)]
    if not wanted or not all(key in held for key in wanted):
        raise AwsError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.")
    for name in [name for name in request.form if name.startswith("IpPermissions.") or name in _SINGLE]:
        del request.form[name]
    request.form |= {f"SecurityGroupRuleId.{n}": held[key] for n, key in enumerate(dict.fromkeys(wanted), 1)}


def _held(request: AwsRequest, group: Any) -> list[Any]:
    return list(group.egress_rules if request.operation.endswith("Egress") else group.ingress_rules)


def key_of(rule: Any) -> Key:
    """The identity of moto's rule."""
    ranges, source = rule.ip_range, rule.source_group.get("GroupId")
    peer = ranges.get("CidrIp") or ranges.get("CidrIpv6") or source or rule.prefix_list_id
    return str(rule.ip_protocol), _number(rule.from_port), _number(rule.to_port), peer


def _number(value: Any) -> int | None:
    return int(value) if re.fullmatch(r"-?\d{1,9}", str(value)) else None


def _plain(text: str) -> str | None:
    """An address range as AWS writes it, or None if it is invalid."""
    if not re.fullmatch(r"[0-9a-fA-F.:]+/\d{1,3}", text):
        return None
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return None
