"""Security groups and their rules, Elastic IP addresses, the default network."""

import ipaddress
from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row

ABSENT = "sg-0123456789abcdef0"
ANYWHERE = [{"CidrIp": "0.0.0.0/0"}]


def group(lab: Lab, **words: Any) -> str:
    """A new group's id."""
    return str(lab.ec2.create_security_group(GroupName=lab.name(), Description="d", **words)["GroupId"])


def rule(first: int | None = 22, last: int | None = None, **words: Any) -> dict[str, Any]:
    """A permission: tcp from anywhere, unless told otherwise."""
    ports = {} if first is None else {"FromPort": first, "ToPort": first if last is None else last}
    return {"IpProtocol": "tcp", **ports, "IpRanges": ANYWHERE, **words}


def allow(lab: Lab, *rules: dict[str, Any], to: str | None = None) -> str:
    """Allow it, in a new group; "allowed"."""
    lab.ec2.authorize_security_group_ingress(GroupId=to or group(lab), IpPermissions=list(rules))
    return "allowed"


def inbound(lab: Lab, id: str) -> list[dict[str, Any]]:
    """A group's inbound permissions."""
    found = lab.ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissions"]
    return list(found)


def after(change: Any, look: Any) -> Any:
    """What is to be seen after a change that fails, or does not."""
    try:
        change()
    except Exception:  # which error it is, is another row's concern
        return look()
    return look()


# --- groups -----------------------------------------------------------------------------------------------------------


def delete_in_use(lab: Lab) -> str:
    id = group(lab)
    lab.launch(running=False, SecurityGroupIds=[id])
    lab.ec2.delete_security_group(GroupId=id)
    return "deleted"


def delete_referenced(lab: Lab) -> str:
    id = group(lab)
    allow(lab, {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": id}]})
    lab.ec2.delete_security_group(GroupId=id)
    return "deleted"


def delete_self_referenced(lab: Lab) -> str:
    id = group(lab)
    allow(lab, {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": id}]}, to=id)
    lab.ec2.delete_security_group(GroupId=id)
    return "deleted"


def delete_default(lab: Lab) -> str:
    ec2 = lab.client("ec2", "us-west-1")  # stock deletes it: not where the other rows launch
    names = [{"Name": "group-name", "Values": ["default"]}]
    found = ec2.describe_security_groups(Filters=names)["SecurityGroups"]
    if not found:
        return "deleted"
    ec2.delete_security_group(GroupId=found[0]["GroupId"])
    return "deleted"


def delete_after_terminate(lab: Lab) -> str:
    id = group(lab)
    ids = lab.launch(SecurityGroupIds=[id])
    lab.ec2.terminate_instances(InstanceIds=ids)
    lab.wait("instance_terminated", ids)
    lab.ec2.delete_security_group(GroupId=id)
    return "deleted"


def delete_while_shutting_down(lab: Lab) -> str:
    id = group(lab)
    ids = lab.launch(SecurityGroupIds=[id])
    lab.ec2.terminate_instances(InstanceIds=ids)
    lab.ec2.delete_security_group(GroupId=id)
    return "deleted"


def same_name(lab: Lab, change: Any) -> str:
    name = lab.name("Web")
    for text in (name, change(name)):
        lab.ec2.create_security_group(GroupName=text, Description="d")
    return "created"


def create(lab: Lab, name: str, description: str = "d", **words: Any) -> str:
    lab.ec2.create_security_group(GroupName=name, Description=description, **words)
    return "created"


def outbound(lab: Lab) -> Any:
    found = lab.ec2.describe_security_groups(GroupIds=[group(lab)])["SecurityGroups"][0]["IpPermissionsEgress"]
    return [(p["IpProtocol"], p["IpRanges"], p["Ipv6Ranges"]) for p in found]


def default_lets_itself_in(lab: Lab) -> Any:
    vpc = lab.ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    found = lab.ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"][0]
    pairs = [(p["IpProtocol"], [g["GroupId"] for g in p["UserIdGroupPairs"]]) for p in found["IpPermissions"]]
    return pairs == [("-1", [found["GroupId"]])]


def give_absent_group(lab: Lab) -> str:
    lab.ec2.modify_instance_attribute(InstanceId=lab.launch(running=False)[0], Groups=[ABSENT])
    return "given"


def change_groups(lab: Lab) -> bool:
    id, instance = group(lab), lab.launch(running=False)[0]
    lab.ec2.modify_instance_attribute(InstanceId=instance, Groups=[id])
    found = lab.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return [g["GroupId"] for g in found["SecurityGroups"]] == [id]


def groups_after(lab: Lab, *, by_interface: bool, groups: list[str] | None = None) -> list[bool]:
    """Whether an instance tells its new groups and no others: of itself, and of its interface."""
    wanted = [group(lab)] if groups is None else groups
    instance = lab.launch(running=False, SecurityGroupIds=[group(lab)])[0]

    def look() -> Any:
        return lab.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]

    nic = look()["NetworkInterfaces"][0]["NetworkInterfaceId"]
    if by_interface:
        lab.ec2.modify_network_interface_attribute(NetworkInterfaceId=nic, Groups=wanted)
    else:
        lab.ec2.modify_instance_attribute(InstanceId=instance, Groups=wanted)
    own, of_nic = look()["SecurityGroups"], look()["NetworkInterfaces"][0]["Groups"]
    by_nic = lab.ec2.describe_network_interfaces(NetworkInterfaceIds=[nic])["NetworkInterfaces"][0]["Groups"]
    return [[g["GroupId"] for g in told] == wanted for told in (own, of_nic, by_nic)]


def named_groups(lab: Lab, **words: Any) -> int:
    return len(lab.ec2.describe_security_groups(**words)["SecurityGroups"])


GROUPS = [
    Row(78, "ec2", "delete_security_group in use by an instance", delete_in_use,
        "error DependencyViolation", "deleted", "M, GH"),
    Row(79, "ec2", "delete_security_group that another group's rule names", delete_referenced,
        "error DependencyViolation", "deleted", "M"),
    Row(79, "ec2", "delete_security_group that only its own rule names", delete_self_referenced,
        "deleted", "deleted", "U"),
    Row(80, "ec2", "delete_security_group of the default group", delete_default,
        "error CannotDelete", "deleted", "EC"),
    Row(81, "ec2", "delete_security_group of a terminated instance", delete_after_terminate,
        "deleted", "deleted", "U"),
    Row(81, "ec2", "delete_security_group of an instance that is shutting down", delete_while_shutting_down,
        "error DependencyViolation", "deleted", "U"),
    Row(91, "ec2", "create_security_group, same name again", lambda lab: same_name(lab, str),
        "error InvalidGroup.Duplicate", "error InvalidGroup.Duplicate", "EC"),
    Row(91, "ec2", "create_security_group, same name in small letters", lambda lab: same_name(lab, str.lower),
        "error InvalidGroup.Duplicate", "created", "M"),
    Row(92, "ec2", 'create_security_group(GroupName="sg-foo")', lambda lab: create(lab, lab.name("sg-foo")),
        "error InvalidParameterValue", "created", "Q, M"),
    Row(92, "ec2", "create_security_group, a name with an accent", lambda lab: create(lab, lab.name("wéb")),
        "error InvalidParameterValue", "created", "Q"),
    Row(92, "ec2", "create_security_group, a name of 300 characters", lambda lab: create(lab, lab.name("x" * 290)),
        "error InvalidParameterValue", "created", "M"),
    Row(92, "ec2", "create_security_group, a description with <",
        lambda lab: create(lab, lab.name(), "it's <x>"),
        "error InvalidParameterValue", "created", "M"),
    Row(93, "ec2", 'create_security_group(GroupName="default")', lambda lab: create(lab, "default"),
        "error InvalidParameterValue", "error InvalidGroup.Duplicate", "Q"),
    Row(94, "ec2", "create_security_group in a VPC that does not exist",
        lambda lab: create(lab, lab.name(), VpcId="vpc-0123456789abcdef0"),
        "error InvalidVpcID.NotFound", "created", "EC"),
    Row(95, "ec2", "outbound rules of a new group", outbound,
        [("-1", ANYWHERE, [])], [("-1", ANYWHERE, [])], "U"),
    Row(96, "ec2", "inbound rules of a default group: all from itself", default_lets_itself_in, True, False, "M"),
    Row(98, "ec2", "modify_instance_attribute(Groups=[absent])", give_absent_group,
        "error InvalidGroup.NotFound", "given", "EC"),
    Row(98, "ec2", "modify_network_interface_attribute(Groups=[absent])",
        lambda lab: groups_after(lab, by_interface=True, groups=[ABSENT]),
        "error InvalidGroup.NotFound", [False, False, False], "U"),
    Row(0, "ec2", "modify_instance_attribute: the interface's groups are the instance's",
        lambda lab: groups_after(lab, by_interface=False), [True, True, True], [True, False, False], "M"),
    Row(0, "ec2", "modify_network_interface_attribute: the instance's groups are the interface's",
        lambda lab: groups_after(lab, by_interface=True), [True, True, True], [False, False, False], "M"),
    Row(259, "ec2", "modify_instance_attribute(Groups=[])",
        lambda lab: groups_after(lab, by_interface=False, groups=[]),
        "error InvalidParameterCombination", [True, False, False], "GH ansible-collections/amazon.aws#470"),
    Row(98, "ec2", "modify_instance_attribute(Groups=[existing])", change_groups, True, True, "M"),
    Row(18, "ec2", 'describe_security_groups(GroupIds=["foo"])', lambda lab: named_groups(lab, GroupIds=["foo"]),
        "error InvalidGroupId.Malformed", "error InvalidGroup.NotFound", "Q"),
    Row(18, "ec2", "describe_security_groups(GroupIds=[absent])", lambda lab: named_groups(lab, GroupIds=[ABSENT]),
        "error InvalidGroup.NotFound", "error InvalidGroup.NotFound", "EC"),
    Row(49, "ec2", "describe_security_groups, a filter that does not exist",
        lambda lab: named_groups(lab, Filters=[{"Name": "bogus", "Values": ["x"]}]),
        "error InvalidParameterValue", NO_ANSWER, "EC"),
    Row(0, "ec2", "describe_security_groups by name and rule, with filters that exist",
        lambda lab: filtered_groups(lab), 1, 1, "M"),
]  # fmt: skip


def filtered_groups(lab: Lab) -> int:
    id = group(lab)
    allow(lab, rule(443), to=id)
    filters = {"group-id": id, "ip-permission.cidr": "0.0.0.0/0", "ip-permission.to-port": "443"}
    return named_groups(lab, Filters=[{"Name": name, "Values": [value]} for name, value in filters.items()])


# --- their rules ------------------------------------------------------------------------------------------------------


def allow_twice(lab: Lab, again: dict[str, Any]) -> str:
    id = group(lab)
    allow(lab, rule(22), to=id)
    return allow(lab, again, to=id)


def left_by_a_batch(lab: Lab, *batch: dict[str, Any]) -> list[int]:
    """The first ports that a group has after a batch that contains a bad rule; 22 it has before."""
    id = group(lab)
    allow(lab, rule(22), to=id)
    return after(lambda: allow(lab, *batch, to=id), lambda: sorted(p["FromPort"] for p in inbound(lab, id)))


def sixty_one(lab: Lab) -> int:
    id = group(lab)
    many = [rule(port) for port in range(100, 161)]
    return after(lambda: allow(lab, *many, to=id), lambda: len(inbound(lab, id)))


def host_bits(lab: Lab) -> str:
    id = group(lab)
    allow(lab, rule(IpRanges=[{"CidrIp": "10.0.0.5/8"}]), to=id)
    return str(inbound(lab, id)[0]["IpRanges"][0]["CidrIp"])


def no_source(lab: Lab) -> str:
    lab.ec2.authorize_security_group_ingress(GroupId=group(lab), IpProtocol="tcp", FromPort=22, ToPort=22)
    return "allowed"


def group_by_name_as_source(lab: Lab) -> list[str]:
    id, name = group(lab), lab.name()
    create(lab, name)
    lab.ec2.authorize_security_group_ingress(GroupId=id, SourceSecurityGroupName=name)
    return sorted(p["IpProtocol"] for p in inbound(lab, id))


def revoke(lab: Lab, *rules: dict[str, Any]) -> list[int]:
    """The ports left of 22 and 80 after a revoke that works."""
    id = group(lab)
    allow(lab, rule(22), rule(80, IpRanges=[{"CidrIp": "10.0.0.0/8", "Description": "inside"}]), to=id)
    lab.ec2.revoke_security_group_ingress(GroupId=id, IpPermissions=list(rules))
    return sorted(p["FromPort"] for p in inbound(lab, id))


def left_by_a_bad_revoke(lab: Lab) -> list[int]:
    id = group(lab)
    allow(lab, rule(22), rule(80), to=id)
    bad = [rule(22), rule(8080)]
    return after(
        lambda: lab.ec2.revoke_security_group_ingress(GroupId=id, IpPermissions=bad),
        lambda: sorted(p["FromPort"] for p in inbound(lab, id)),
    )


def revoke_by_id(lab: Lab) -> list[Any]:
    id = group(lab)
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[rule(22)])["SecurityGroupRules"]
    lab.ec2.revoke_security_group_ingress(GroupId=id, SecurityGroupRuleIds=[made[0]["SecurityGroupRuleId"]])
    return inbound(lab, id)


def close_outbound(lab: Lab) -> list[Any]:
    id = group(lab)
    everything = [{"IpProtocol": "-1", "IpRanges": ANYWHERE}]
    lab.ec2.revoke_security_group_egress(GroupId=id, IpPermissions=everything)
    return list(lab.ec2.describe_security_groups(GroupIds=[id])["SecurityGroups"][0]["IpPermissionsEgress"])


def rules_in_the_answer(lab: Lab) -> list[int]:
    made = lab.ec2.authorize_security_group_ingress(GroupId=group(lab), IpPermissions=[rule(22), rule(80)])
    return sorted(r["FromPort"] for r in made["SecurityGroupRules"])


def allow_with_flat_fields(lab: Lab) -> list[Any]:
    id = group(lab)
    lab.ec2.authorize_security_group_ingress(GroupId=id, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0")
    return [(p["FromPort"], p["IpRanges"]) for p in inbound(lab, id)]


def allow_from_group(lab: Lab, source: str) -> str:
    return allow(lab, rule(22, IpRanges=[], UserIdGroupPairs=[{"GroupId": source}]))


def bad_rule(number: int, what: str, stock: Any, source: str, **words: Any) -> Row:
    return Row(number, "ec2", f"authorize ingress: {what}", lambda lab: allow(lab, rule(**words)),
               "error InvalidParameterValue", stock, source)  # fmt: skip


def from_range(text: str, kind: str = "CidrIp") -> dict[str, Any]:
    return {"IpRanges": [{kind: text}]} if kind == "CidrIp" else {"IpRanges": [], "Ipv6Ranges": [{kind: text}]}


BAD = "error InvalidParameterValue"
RULES = [
    Row(76, "ec2", "authorize ingress: a rule twice", lambda lab: allow_twice(lab, rule(22)),
        "error InvalidPermission.Duplicate", "error InvalidPermission.Duplicate", "Q"),
    Row(76, "ec2", "authorize ingress: the same rule, protocol 6", lambda lab: allow_twice(lab, rule(IpProtocol="6")),
        "error InvalidPermission.Duplicate", "error InvalidPermission.Duplicate", "U"),
    Row(76, "ec2", "authorize ingress: the same rule but for its description",
        lambda lab: allow_twice(lab, rule(IpRanges=[{"CidrIp": "0.0.0.0/0", "Description": "x"}])),
        "error InvalidPermission.Duplicate", "error InvalidPermission.Duplicate", "U"),
    Row(77, "ec2", "a batch with a new rule and a double one", lambda lab: left_by_a_batch(lab, rule(82), rule(22)),
        [22], [22, 82], "U"),
    Row(77, "ec2", "a batch with a good rule and a malformed range",
        lambda lab: left_by_a_batch(lab, rule(82), rule(83, **from_range("1.2.3.4"))),
        [22], [22, 82], "U"),
    Row(77, "ec2", "a batch with a good rule and an absent group",
        lambda lab: left_by_a_batch(lab, rule(82), rule(83, UserIdGroupPairs=[{"GroupId": ABSENT}])),
        [22], [22, 82], "U"),
    Row(0, "ec2", "authorize ingress: a rule twice in one call", lambda lab: allow(lab, rule(), rule()),
        "error InvalidParameterValue", "error InvalidPermission.Duplicate", "Q"),
    Row(77, "ec2", "61 rules in one call", lambda lab: allow(lab, *(rule(port) for port in range(100, 161))),
        "error RulesPerSecurityGroupLimitExceeded", "error RulesPerSecurityGroupLimitExceeded", "EC"),
    Row(77, "ec2", "61 rules in one call: what stays", sixty_one, 0, 60, "U"),
    bad_rule(82, "1.2.3.4 without a mask", BAD, "Q", **from_range("1.2.3.4")),
    bad_rule(82, "1.2.3.400/32", BAD, "Q", **from_range("1.2.3.400/32")),
    bad_rule(82, "a mask of 33", BAD, "Q", **from_range("1.2.3.4/33")),
    bad_rule(82, '"anywhere"', BAD, "Q", **from_range("anywhere")),
    Row(83, "ec2", "authorize ingress: host bits in a range", host_bits, "10.0.0.0/8", "10.0.0.5/8", "U"),
    Row(84, "ec2", "authorize ingress: an IPv6 range", lambda lab: allow(lab, rule(**from_range("::/0", "CidrIpv6"))),
        "allowed", "allowed", "M"),
    bad_rule(84, "an IPv6 range as CidrIp", BAD, "Q", **from_range("::/0")),
    bad_rule(85, "ports the wrong way round", "allowed", "U", first=90, last=80),
    bad_rule(86, "port 70000", "allowed", "U", first=70000),
    bad_rule(86, "tcp with port -1", "allowed", "U", first=-1),
    bad_rule(87, "tcp without ports", NO_ANSWER, "Q", first=None),
    bad_rule(88, "protocol http", "allowed", "U", IpProtocol="http"),
    Row(88, "ec2", "authorize ingress: no protocol",
        lambda lab: allow(lab, {"FromPort": 22, "ToPort": 22, "IpRanges": ANYWHERE}),
        "error InvalidParameterValue", "allowed", "U"),
    Row(88, "ec2", "authorize ingress: icmp, all types",
        lambda lab: allow(lab, rule(-1, IpProtocol="icmp")), "allowed", "allowed", "M"),
    Row(88, "ec2", "authorize ingress: all protocols, no ports",
        lambda lab: allow(lab, rule(None, IpProtocol="-1")), "allowed", "allowed", "M"),
    Row(88, "ec2", "authorize ingress: icmpv6 without types",
        lambda lab: allow(lab, rule(None, IpProtocol="icmpv6", **from_range("::/0", "CidrIpv6"))),
        "allowed", NO_ANSWER, "M"),
    Row(89, "ec2", "authorize ingress: no source", lambda lab: allow(lab, rule(IpRanges=[])),
        "error MissingParameter", "allowed", "GH crossplane-contrib/provider-aws#1496"),
    Row(89, "ec2", "authorize ingress: no source, flat fields", no_source,
        "error MissingParameter", "allowed", "GH crossplane-contrib/provider-aws#1496"),
    Row(89, "ec2", "authorize ingress: a group by name stands for all its traffic", group_by_name_as_source,
        ["icmp", "tcp", "udp"], [], "M"),
    Row(90, "ec2", "authorize ingress: an absent group as source", lambda lab: allow_from_group(lab, ABSENT),
        "error InvalidGroup.NotFound", "error InvalidGroup.NotFound", "EC"),
    Row(90, "ec2", "authorize ingress: a group as source", lambda lab: allow_from_group(lab, group(lab)),
        "allowed", "allowed", "M"),
    Row(97, "ec2", "revoke a rule that is not there", lambda lab: revoke(lab, rule(23)),
        "error InvalidPermission.NotFound", "error InvalidPermission.NotFound", "EC"),
    Row(97, "ec2", "revoke a rule", lambda lab: revoke(lab, rule(22)), [80], [80], "M"),
    Row(97, "ec2", "revoke a rule that has a description, without it",
        lambda lab: revoke(lab, rule(80, **from_range("10.0.0.0/8"))), [22], [22], "M"),
    Row(97, "ec2", "revoke one rule that is there and one that is not: what stays", left_by_a_bad_revoke,
        [22, 80], [80], "U"),
    Row(97, "ec2", "revoke a rule by its id", revoke_by_id, [], [], "M"),
    Row(97, "ec2", "revoke the outbound rule of a new group", close_outbound, [], [], "M"),
    Row(252, "ec2", "authorize ingress: two permissions, both in the answer", rules_in_the_answer, [22, 80], [80], "M"),
    Row(0, "ec2", "authorize ingress with flat fields", allow_with_flat_fields,
        [(22, ANYWHERE)], [(22, ANYWHERE)], "M"),
    Row(0, "ec2", "authorize ingress on a group that is not there", lambda lab: allow(lab, rule(), to=ABSENT),
        "error InvalidGroup.NotFound", "error InvalidGroup.NotFound", "EC"),
    Row(29, "ec2", "authorize ingress, dry run of a sound rule",
        lambda lab: lab.ec2.authorize_security_group_ingress(
            GroupId=group(lab), IpPermissions=[rule()], DryRun=True),
        "error DryRunOperation", "error DryRunOperation", "M"),
]  # fmt: skip


# --- Elastic IP addresses ---------------------------------------------------------------------------------------------


class Addresses:
    """Addresses that a row allocates: released when it ends. Each row has a region's limit for itself."""

    def __init__(self, lab: Lab):
        self.lab, self.held = lab, []

    def __enter__(self) -> "Addresses":
        return self

    def __exit__(self, *_: object) -> None:
        for id in self.held:
            found = self.lab.ec2.describe_addresses(Filters=[{"Name": "allocation-id", "Values": [id]}])["Addresses"]
            if found and found[0].get("AssociationId"):
                self.lab.ec2.disassociate_address(AssociationId=found[0]["AssociationId"])
            if found:
                self.lab.ec2.release_address(AllocationId=id)

    def new(self) -> str:
        made = self.lab.ec2.allocate_address(Domain="vpc")
        self.held.append(made["AllocationId"])
        return str(made["AllocationId"])

    def on(self, instance: str, address: str | None = None, **words: Any) -> str:
        """Associate an address, by default a new one, with an instance."""
        id = address or self.new()
        self.lab.ec2.associate_address(AllocationId=id, InstanceId=instance, **words)
        return id

    def of(self, id: str) -> dict[str, Any]:
        return dict(self.lab.ec2.describe_addresses(AllocationIds=[id])["Addresses"][0])


def public(lab: Lab, instance: str) -> str | None:
    found = lab.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return found.get("PublicIpAddress")


def holder(address: dict[str, Any]) -> str | None:
    return address.get("InstanceId") or None


def moves(lab: Lab, **words: Any) -> bool:
    first, second = lab.launch(2)
    with Addresses(lab) as addresses:
        id = addresses.on(first)
        addresses.on(second, id, **words)
        return holder(addresses.of(id)) == second


def former_instance(lab: Lab) -> tuple[bool, bool]:
    """Whether the former instance has another address, and the new one this."""
    first, second = lab.launch(2)
    with Addresses(lab) as addresses:
        id = addresses.on(first)
        addresses.on(second, id, AllowReassociation=True)
        ip = addresses.of(id)["PublicIp"]
        return public(lab, first) not in (None, ip), public(lab, second) == ip


def associate_when(lab: Lab, state: str) -> str:
    ids = lab.launch(running=state != "pending")
    if state == "terminated":
        lab.ec2.terminate_instances(InstanceIds=ids)
        lab.wait("instance_terminated", ids)
    if state == "stopped":
        lab.ec2.stop_instances(InstanceIds=ids)
        lab.wait("instance_stopped", ids)
    with Addresses(lab) as addresses:
        addresses.on(ids[0])
        return "associated"


def after_terminate(lab: Lab) -> tuple[bool, bool]:
    """Whether the address is still associated, and still allocated."""
    ids = lab.launch()
    with Addresses(lab) as addresses:
        id = addresses.on(ids[0])
        lab.ec2.terminate_instances(InstanceIds=ids)
        lab.wait("instance_terminated", ids)
        left = addresses.of(id)
        return bool(left.get("AssociationId")), left["AllocationId"] == id


def over_a_stop(lab: Lab) -> tuple[bool, bool]:
    """Whether the instance has the address while it is stopped, and when it runs again."""
    ids = lab.launch()
    with Addresses(lab) as addresses:
        ip = addresses.of(addresses.on(ids[0]))["PublicIp"]
        lab.ec2.stop_instances(InstanceIds=ids)
        lab.wait("instance_stopped", ids)
        stopped = public(lab, ids[0]) == ip
        lab.ec2.start_instances(InstanceIds=ids)
        lab.wait("instance_running", ids)
        return stopped, public(lab, ids[0]) == ip


def release_in_use(lab: Lab) -> tuple[bool, bool]:
    """Whether the address is gone, and the instance has another."""
    ids = lab.launch()
    with Addresses(lab) as addresses:
        id = addresses.on(ids[0])
        ip = addresses.of(id)["PublicIp"]
        lab.ec2.release_address(AllocationId=id)
        left = lab.ec2.describe_addresses(Filters=[{"Name": "allocation-id", "Values": [id]}])["Addresses"]
        return not left, public(lab, ids[0]) != ip


def release_in_use_elsewhere(lab: Lab) -> str:
    vpc = lab.ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
    subnet = lab.ec2.create_subnet(VpcId=vpc, CidrBlock="10.2.1.0/24")["Subnet"]["SubnetId"]
    ids = lab.launch(SubnetId=subnet)
    with Addresses(lab) as addresses:
        lab.ec2.release_address(AllocationId=addresses.on(ids[0]))
        return "released"


def release_by_ip(lab: Lab) -> str:
    with Addresses(lab) as addresses:
        lab.ec2.release_address(PublicIp=addresses.of(addresses.new())["PublicIp"])
        return "released"


def sixth(lab: Lab) -> str:
    with Addresses(lab) as addresses:
        for _ in range(6):
            addresses.new()
        return "allocated"


def idle_fields(lab: Lab) -> list[str]:
    """The fields of an idle address that would tell where it leads."""
    with Addresses(lab) as addresses:
        found = addresses.of(addresses.new())
        return [name for name in ("AssociationId", "InstanceId", "NetworkInterfaceId") if name in found]


def second_on_one(lab: Lab) -> tuple[bool, bool]:
    """Whether the first and the second address of an instance are associated."""
    ids = lab.launch()
    with Addresses(lab) as addresses:
        first, second = addresses.on(ids[0]), addresses.on(ids[0])
        return bool(addresses.of(first).get("AssociationId")), bool(addresses.of(second).get("AssociationId"))


def associate_absent(lab: Lab) -> None:
    lab.ec2.associate_address(AllocationId="eipalloc-0123456789abcdef0", InstanceId=lab.launch()[0])


def elastic_is_public(lab: Lab) -> bool:
    with Addresses(lab) as addresses:
        return not ipaddress.ip_address(addresses.of(addresses.new())["PublicIp"]).is_loopback


def automatic_is_nobodys(lab: Lab) -> bool:
    found = ipaddress.ip_address(str(public(lab, lab.launch()[0])))
    return any(found in ipaddress.ip_network(nobodys) for nobodys in ("198.51.100.0/24", "198.18.0.0/15"))


def tags_of_addresses(lab: Lab) -> list[str]:
    """The kind of a tagged address, as it is told for that kind."""
    with Addresses(lab) as addresses:
        id = addresses.new()
        lab.ec2.create_tags(Resources=[id], Tags=[{"Key": "a", "Value": "b"}])
        found = lab.ec2.describe_tags(Filters=[{"Name": "resource-type", "Values": ["elastic-ip"]}])["Tags"]
        return [tag["ResourceType"] for tag in found if tag["ResourceId"] == id]


def named_alike(lab: Lab) -> bool:
    """Whether an instance's interface has the instance's public name."""
    id = lab.launch()[0]
    found = lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
    told = found["NetworkInterfaces"][0]["Association"]["PublicDnsName"]
    return str(told) == found["PublicDnsName"] and told.startswith("ec2-")


def by_interface(lab: Lab) -> bool:
    """Whether an address given to an instance's interface is the instance's."""
    instance = lab.launch()[0]
    found = lab.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    with Addresses(lab) as addresses:
        id = addresses.new()
        nic = found["NetworkInterfaces"][0]["NetworkInterfaceId"]
        lab.ec2.associate_address(AllocationId=id, NetworkInterfaceId=nic)
        return holder(addresses.of(id)) == instance


def disassociate(lab: Lab) -> tuple[bool, bool]:
    """Whether the address is free again, and the instance has another."""
    instance = lab.launch()[0]
    with Addresses(lab) as addresses:
        id = addresses.on(instance)
        lab.ec2.disassociate_address(AssociationId=addresses.of(id)["AssociationId"])
        found = addresses.of(id)
        return holder(found) is None, public(lab, instance) not in (None, found["PublicIp"])


def default_way_out(lab: Lab) -> tuple[int, list[str]]:
    """Gateways of the default VPC, and where its main table's routes lead."""
    ec2 = lab.client("ec2", "eu-central-1")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    gateways = ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc]}])
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    return len(gateways["InternetGateways"]), sorted(r["DestinationCidrBlock"] for r in tables[0]["Routes"])


ADDRESSES = [
    Row(131, "ec2", "associate_address of one in use: it moves", moves,
        True, "error Resource.AlreadyAssociated", "M"),
    Row(131, "ec2", "associate_address of one in use, AllowReassociation=False",
        lambda lab: moves(lab, AllowReassociation=False),
        "error Resource.AlreadyAssociated", "error Resource.AlreadyAssociated", "M"),
    Row(132, "ec2", "address moved: the former instance has another", former_instance,
        (True, True), (False, True), "M"),
    Row(133, "ec2", "associate_address to a terminated instance", lambda lab: associate_when(lab, "terminated"),
        "error InvalidInstanceID", "associated", "GH cloudposse#95"),
    Row(133, "ec2", "associate_address to a pending instance", lambda lab: associate_when(lab, "pending"),
        "error InvalidInstanceID", "associated", "GH terraform-provider-aws#3072"),
    Row(133, "ec2", "associate_address to a running instance", lambda lab: associate_when(lab, "running"),
        "associated", "associated", "M"),
    Row(134, "ec2", "associate_address to a stopped instance", lambda lab: associate_when(lab, "stopped"),
        "associated", "associated", "U"),
    Row(135, "ec2", "terminate an instance: its address is free, and stays", after_terminate,
        (False, True), (True, True), "U"),
    Row(136, "ec2", "stop and start an instance: it keeps its Elastic IP", over_a_stop,
        (True, True), (False, False), "U"),
    Row(137, "ec2", "release_address in use, default VPC", release_in_use, (True, True), (True, True), "M"),
    Row(137, "ec2", "release_address in use, another VPC", release_in_use_elsewhere,
        "error InvalidIPAddress.InUse", "released", "M, GH leftovers#16"),
    Row(138, "ec2", "release_address(PublicIp=...)", release_by_ip,
        "error InvalidParameterValue", "released", "GH boto#2727"),
    Row(139, "ec2", "the sixth address in a region", sixth, "error AddressLimitExceeded", "allocated", "Q"),
    Row(140, "ec2", "a second address on an instance displaces the first", second_on_one,
        (False, True), (True, True), "M"),
    Row(141, "ec2", "associate_address, unknown allocation", associate_absent,
        "error InvalidAllocationID.NotFound", "error InvalidAllocationID.NotFound", "EC"),
    Row(142, "ec2", "an Elastic IP is no loopback address", elastic_is_public, True, False, "U"),
    Row(142, "ec2", "an automatic address is no real machine's", automatic_is_nobodys, True, False, "ours"),
    Row(250, "ec2", "an interface tells the public name of its instance", named_alike, True, False, "M"),
    Row(249, "ec2", "describe_tags of addresses", tags_of_addresses, ["elastic-ip"], [], "M"),
    Row(251, "ec2", "an idle address has no field InstanceId", idle_fields,
        [], ["InstanceId", "NetworkInterfaceId"], "U"),
    Row(0, "ec2", "an address given to an interface is its instance's", by_interface, True, False, "M"),
    Row(0, "ec2", "disassociate_address: the instance has an automatic one again", disassociate,
        (True, True), (True, True), "U"),
    Row(49, "ec2", "describe_addresses, a filter that does not exist",
        lambda lab: elastic_filter(lab), "error InvalidParameterValue", NO_ANSWER, "EC"),
    Row(160, "ec2", "the default VPC has a way out", default_way_out,
        (1, ["0.0.0.0/0", "172.31.0.0/16"]), (0, ["172.31.0.0/16"]), "U"),
]  # fmt: skip


def elastic_filter(lab: Lab) -> int:
    with Addresses(lab) as addresses:
        addresses.new()
        return len(lab.ec2.describe_addresses(Filters=[{"Name": "bogus", "Values": ["x"]}])["Addresses"])


ROWS = [*GROUPS, *RULES, *ADDRESSES]
