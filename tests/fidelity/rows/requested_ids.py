"""What is named twice, or is not there, in describe calls; rules of security groups that are modified or revoked."""

from typing import Any

from fidelity.rows.shapes import ALL, WEB, group, web
from fidelity.rows.transitions import told
from fidelity.table import NO_ANSWER, Lab, Row

OTHERS = "10.0.0.0/8"
A_TAG = [{"Key": "a", "Value": "b"}]
ABSENT = "0123456789abcdef0"
TWICE = {  # what it is that is asked for twice, and its id or name
    "internet_gateways by InternetGatewayIds": lambda lab: gateway(lab),
    "launch_templates by LaunchTemplateNames": lambda lab: template(lab),
    "network_acls by NetworkAclIds": lambda lab: first(lab, "network_acls"),
    "network_interfaces by NetworkInterfaceIds": lambda lab: interface(lab),
    "route_tables by RouteTableIds": lambda lab: first(lab, "route_tables"),
    "security_groups by GroupIds": lambda lab: first(lab, "security_groups"),
    "snapshots by SnapshotIds": lambda lab: snapshot(lab),
    "subnets by SubnetIds": lambda lab: first(lab, "subnets"),
    "volumes by VolumeIds": lambda lab: volume(lab),
    "volume_status by VolumeIds": lambda lab: volume(lab),
    "vpcs by VpcIds": lambda lab: first(lab, "vpcs"),
}
_IDS = {"security_groups": "GroupId"}


def found(lab: Lab, what: str, **words: Any) -> list[Any]:
    """What a describe call lists."""
    said = getattr(lab.ec2, f"describe_{what}")(**words)
    return next(value for value in said.values() if isinstance(value, list))


def first(lab: Lab, what: str) -> str:
    name = _IDS.get(what, f"{''.join(word.capitalize() for word in what.split('_'))[:-1]}Id")
    return str(found(lab, what)[0][name])


def template(lab: Lab) -> str:
    name = lab.name()
    lab.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"InstanceType": "t3.micro"})
    return name


def gateway(lab: Lab) -> str:
    return str(lab.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"])


def interface(lab: Lab) -> str:
    made = lab.ec2.create_network_interface(SubnetId=first(lab, "subnets"))
    return str(made["NetworkInterface"]["NetworkInterfaceId"])


def volume(lab: Lab) -> str:
    id = str(lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=8)["VolumeId"])
    lab.ec2.get_waiter("volume_available").wait(VolumeIds=[id], WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    return id


def snapshot(lab: Lab) -> str:
    return str(lab.ec2.create_snapshot(VolumeId=volume(lab))["SnapshotId"])


def twice(lab: Lab, what: str) -> int:
    """How many are found by the same name twice."""
    call, _, words = what.partition(" by ")
    id = TWICE[what](lab)
    return len(found(lab, call, **{words: [id, id]}))


def address_of(lab: Lab, look: Any) -> Any:
    """What is seen of an address, which is given back: there are five in all."""
    made = lab.ec2.allocate_address(Domain="vpc")
    try:
        return look(made)
    finally:
        lab.ec2.release_address(AllocationId=made["AllocationId"])


def address_twice(lab: Lab, words: str) -> int:
    """How many addresses are found by the same name twice."""
    return int(address_of(lab, lambda made: len(found(lab, "addresses", **{words: [made[words[:-1]]] * 2}))))


# --- rules that are modified ------------------------------------------------------------------------------------------


def rules(lab: Lab, id: str) -> list[tuple[str, Any, Any]]:
    """The ingress rules of a group: protocol, first port, and source."""
    said = found(lab, "security_group_rules", Filters=[{"Name": "group-id", "Values": [id]}])
    told_ = [(r["IpProtocol"], r["FromPort"], _source(r)) for r in said if not r["IsEgress"]]
    return sorted(told_, key=str)


def _source(rule: dict[str, Any]) -> str:
    named = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    return str(rule.get("CidrIpv4") or rule.get("CidrIpv6") or (named and "another group"))


def two_rules(lab: Lab, **permission: Any) -> tuple[str, list[str]]:
    """A group with two rules, and their ids; the second is as `permission` says."""
    id = group(lab)
    ids = []
    for words in (web(OTHERS), [{**WEB, **permission}] if permission else web(ALL)):
        made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=words)["SecurityGroupRules"]
        ids += [r["SecurityGroupRuleId"] for r in made]
    return id, ids


def modified(lab: Lab, *changes: dict[str, Any], **permission: Any) -> list[Any]:
    """What comes of changing the rules from the last one on, and the rules afterwards."""
    id, ids = two_rules(lab, **permission)
    wanted = [{"SecurityGroupRuleId": rule, "SecurityGroupRule": {**WEB, **words}}
              for rule, words in zip(reversed(ids), changes, strict=False)]  # fmt: skip
    done = told(lab.ec2.modify_security_group_rules, GroupId=id, SecurityGroupRules=wanted)
    return [done, *rules(lab, id)]


def other_group(lab: Lab) -> list[Any]:
    """The group that a rule names is replaced by another."""
    new = group(lab)
    pairs = [{"GroupId": group(lab)}]
    id, ids = two_rules(lab, UserIdGroupPairs=pairs)
    rule = {**WEB, "ReferencedGroupId": new, "Description": "words"}
    changes = [{"SecurityGroupRuleId": ids[1], "SecurityGroupRule": rule}]
    lab.ec2.modify_security_group_rules(GroupId=id, SecurityGroupRules=changes)
    seen = next(r for r in found(lab, "security_group_rules", SecurityGroupRuleIds=[ids[1]]))
    return [seen.get("ReferencedGroupInfo", {}).get("GroupId") == new, seen.get("Description")]


def unknown_rule(lab: Lab, call: str, rule: str) -> str:
    id, _ = two_rules(lab)
    if call == "describe_security_group_rules":
        return told(lab.ec2.describe_security_group_rules, SecurityGroupRuleIds=[rule])
    words: dict[str, Any] = {"SecurityGroupRuleIds": [rule]}
    if call == "modify_security_group_rules":
        words = {
            "SecurityGroupRules": [{"SecurityGroupRuleId": rule, "SecurityGroupRule": {**WEB, "CidrIpv4": OTHERS}}]
        }
    return told(getattr(lab.ec2, call), GroupId=id, **words)


def revoked_from(lab: Lab, source: str) -> str:
    """Revoke a rule whose source is such a group."""
    permission = {**WEB, "UserIdGroupPairs": [{"GroupId": source}]}
    return told(lab.ec2.revoke_security_group_ingress, GroupId=group(lab), IpPermissions=[permission])


def owner(lab: Lab, how: str) -> list[Any]:
    """Whose group it is, and the description, where a group is a rule's source."""
    id, pairs = group(lab), [{"GroupId": group(lab), "Description": "words"}]
    made = lab.ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[{**WEB, "UserIdGroupPairs": pairs}])
    rule = made["SecurityGroupRules"][0]
    if how == "describe":
        rule = found(lab, "security_group_rules", SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])[0]
    return [rule.get("GroupOwnerId"), rule.get("Description")]


def new_type(lab: Lab, kind: str) -> str:
    """Another type for what is stopped."""
    ids = lab.launch()
    lab.ec2.stop_instances(InstanceIds=ids)
    lab.wait("instance_stopped", ids)
    return told(lab.ec2.modify_instance_attribute, InstanceId=ids[0], InstanceType={"Value": kind})


# --- what comes before the ids, tags, and filters ---------------------------------------------------------------------


def bad_tags(lab: Lab, **words: Any) -> str:
    """A subnet with tags that it cannot have."""
    vpc = first(lab, "vpcs")
    return told(lab.ec2.create_subnet, VpcId=vpc, CidrBlock="172.31.250.0/24", TagSpecifications=[words])


def name_taken(lab: Lab) -> str:
    """An image with a bad tag and a name that another has."""
    words = {"InstanceId": lab.launch()[0], "Name": lab.name()}
    lab.ec2.create_image(**words)
    bogus = [{"ResourceType": "bogus", "Tags": A_TAG}]
    return told(lab.ec2.create_image, **words, TagSpecifications=bogus)


def tagged_template(lab: Lab) -> list[Any]:
    """Tags that a template gets later: as it tells them, whether it is found by them, and by others."""
    name = template(lab)
    id = found(lab, "launch_templates", LaunchTemplateNames=[name])[0]["LaunchTemplateId"]
    lab.ec2.create_tags(Resources=[id], Tags=[{"Key": "for", "Value": name}])
    by = [found(lab, "launch_templates", Filters=[{"Name": "tag:for", "Values": [value]}]) for value in (name, "other")]
    return [found(lab, "launch_templates", LaunchTemplateNames=[name])[0].get("Tags"), *map(len, by)] == [
        [{"Key": "for", "Value": name}], 1, 0
    ]  # fmt: skip


def many(lab: Lab, what: str, count: int = 16) -> int:
    """How many templates are told, or versions of one, where there are sixteen."""
    data, names = {"InstanceType": "t3.micro"}, [template(lab) for _ in range(count if what == "templates" else 1)]
    if what == "templates":
        return len(found(lab, "launch_templates", Filters=[{"Name": "launch-template-name", "Values": names}]))
    for _ in range(count - 1):
        lab.ec2.create_launch_template_version(LaunchTemplateName=names[0], LaunchTemplateData=data)
    return len(found(lab, "launch_template_versions", LaunchTemplateName=names[0]))


def maker(lab: Lab, call: str) -> bool:
    """Whether a template, or a version of one, tells that the caller made it."""
    name, who = template(lab), lab.client("sts").get_caller_identity()["Arn"]
    words = {"LaunchTemplateNames": [name]} if call.endswith("templates") else {"LaunchTemplateName": name}
    return bool(found(lab, call, **words)[0]["CreatedBy"] == who)


def by_filter(lab: Lab, what: str, name: str, *values: str) -> Any:
    """How many are found."""
    return len(found(lab, what, Filters=[{"Name": name, "Values": list(values)}]))


def kind_told(lab: Lab) -> list[str]:
    """What DescribeTags calls a Spot request."""
    words = {"ImageId": lab.image, "InstanceType": "t3.micro"}
    made = lab.ec2.request_spot_instances(LaunchSpecification=words)["SpotInstanceRequests"][0]
    id = made["SpotInstanceRequestId"]
    lab.ec2.create_tags(Resources=[id], Tags=A_TAG)
    said = [t["ResourceType"] for t in found(lab, "tags", Filters=[{"Name": "resource-id", "Values": [id]}])]
    return [*said, *(["found"] if by_filter(lab, "tags", "resource-type", "spot-instances-request") else [])]


def lists_by_tag(lab: Lab, value: str) -> int:
    """How many prefix lists are found by a tag."""
    name = lab.name()
    tags = [{"ResourceType": "prefix-list", "Tags": [{"Key": name, "Value": "right"}]}]
    lab.ec2.create_managed_prefix_list(PrefixListName=name, MaxEntries=2, AddressFamily="IPv4", TagSpecifications=tags)
    return int(by_filter(lab, "managed_prefix_lists", f"tag:{name}", value))


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str = "M") -> Row:
    return Row(number, "ec2", what, call, aws, stock, source)


NO_GROUP, NO_RULE, BAD = "InvalidGroupId.Malformed", "InvalidSecurityGroupRuleId", "InvalidParameterValue"
TO_OTHERS = {"CidrIpv4": OTHERS}
OTHER, EVERY = ("tcp", 80, OTHERS), ("tcp", 80, ALL)
AS_BEFORE = ["InvalidParameterValue", EVERY, OTHER]
_TOLD_TWICE = ("internet_gateways", "launch_templates")


def in_stock(what: str) -> Any:
    """What stock moto says to one thing that is named twice."""
    if what.startswith(_TOLD_TWICE):
        return 2
    codes = {"security": "Group", "snap": "Snapshot", "sub": "SubnetID", "volumes": "Volume", "vpcs": "VpcID"}
    code = next((code for head, code in codes.items() if what.startswith(head)), "")
    return f"error Invalid{code}.NotFound" if code else NO_ANSWER


def changes(what: str, aws: list[Any], stock: list[Any], *wanted: dict[str, Any], **permission: Any) -> Row:
    """A row of modify_security_group_rules."""
    call = lambda lab: modified(lab, *wanted, **permission)  # noqa: E731
    return row(400, f"modify_security_group_rules: {what}", call, aws, stock)


ROWS = [
    changes("the source is an IPv6 range", ["done", OTHER, ("tcp", 80, "2001:db8::/32")],
            ["done", OTHER, ("tcp", 80, "::/0")], {"CidrIpv6": "2001:db8::/32"}, Ipv6Ranges=[{"CidrIpv6": "::/0"}]),
    row(400, "modify_security_group_rules: the source is a group", other_group, [True, "words"], [False, "words"]),
    changes("to the protocol 6", ["done", EVERY, OTHER], ["done", ("6", 80, ALL), OTHER],
            {"CidrIpv4": ALL, "IpProtocol": "6"}),
    changes("to a protocol that there is not", AS_BEFORE, ["done", ("bogus", 80, ALL), OTHER],
            {"CidrIpv4": ALL, "IpProtocol": "bogus"}),
    changes("to a range with host bits", ["done", OTHER, ("tcp", 80, "100.68.0.0/18")],
            ["done", OTHER, ("tcp", 80, "100.68.0.18/18")], {"CidrIpv4": "100.68.0.18/18"}),
    changes("to a source of another kind", AS_BEFORE, ["done", EVERY, OTHER], {"CidrIpv6": "::/0"}),
    changes("to what another rule is", ["InvalidPermission.Duplicate", EVERY, OTHER], ["done", OTHER, OTHER],
            TO_OTHERS),
    changes("the second cannot be", AS_BEFORE, ["done", ("tcp", 80, "10.0.0.0/33"), ("tcp", 80, "192.0.2.0/24")],
            {"CidrIpv4": "192.0.2.0/24"}, {"CidrIpv4": "10.0.0.0/33"}),
    *(row(401, f"{call}: a rule {which}", lambda lab, call=call, id=id: unknown_rule(lab, call, id),
          f"{NO_RULE}.{code}", "InvalidPermission.NotFound" if "revoke" in call else f"{NO_RULE}.NotFound", "EC")
      for call in ("describe_security_group_rules", "modify_security_group_rules", "revoke_security_group_ingress")
      for which, id, code in (("that is not there", f"sgr-{ABSENT}", "NotFound"), ("called foo", "foo", "Malformed"))),
    *(row(413, f"revoke_security_group_ingress of a rule whose source is {which}", lambda lab, id=id: revoked_from(
        lab, id), code, stock, "EC") for which, id, code, stock in (
            ("a group that is not there", f"sg-{ABSENT}", "InvalidGroup.NotFound", "InvalidGroup.NotFound"),
            ("called foo", "foo", NO_GROUP, "InvalidGroup.NotFound"))),
    *(row(402, f"a rule with a group as its source, {how}d: whose it is, and its words", lambda lab, how=how: owner(
        lab, how), ["123456789012", "words"], [None, None]) for how in ("authorize", "describe")),
    *(row(403, f"describe {what}, one of them twice", lambda lab, what=what: twice(lab, what), 1, in_stock(what), "U")
      for what in TWICE),
    *(row(403, f"describe addresses by {words}, one of them twice", lambda lab, words=words: address_twice(lab, words),
          1, f"error {code}.NotFound", "U")
      for words, code in (("PublicIps", "InvalidAddress"), ("AllocationIds", "InvalidAllocationID"))),
    *(row(404, f"describe_{what}: one that is not there", lambda lab, what=what, words=words: told(
        getattr(lab.ec2, f"describe_{what}"), **words), code,
        "InvalidRouteTableID.NotFound" if "acl" in what else "done", "EC") for what, words, code in (
            ("network_acls", {"NetworkAclIds": [f"acl-{ABSENT}"]}, "InvalidNetworkAclID.NotFound"),
            ("vpn_gateways", {"VpnGatewayIds": [f"vgw-{ABSENT}"]}, "InvalidVpnGatewayID.NotFound"),
            ("customer_gateways", {"CustomerGatewayIds": [f"cgw-{ABSENT}"]}, "InvalidCustomerGatewayID.NotFound"),
            ("vpc_peering_connections", {"VpcPeeringConnectionIds": [f"pcx-{ABSENT}"]},
             "InvalidVpcPeeringConnectionID.NotFound"))),
    row(406, "describe_security_group_rules by group-id foobar",
        lambda lab: by_filter(lab, "security_group_rules", "group-id", "foobar"), *[f"error {NO_GROUP}"] * 2,
        "GH getmoto/moto, a test that AWS passes"),
    row(406, "describe_security_group_rules by the group-id of a group that is not there",
        lambda lab: by_filter(lab, "security_group_rules", "group-id", f"sg-{ABSENT}"), 0, 0,
        "GH getmoto/moto, a test that AWS passes"),
    *(row(407, f"create_subnet with {what}", lambda lab, words=words: bad_tags(lab, **words), *["InvalidParameter"] * 2,
          "GH getmoto/moto#6839") for what, words in (
              ("tags for no kind of thing", {"Tags": A_TAG}), ("no tags for it", {"ResourceType": "subnet"}),
              ("tags for a snapshot", {"ResourceType": "snapshot", "Tags": A_TAG}))),
    row(407, "create_image with a bad tag, and a name that another has", name_taken, BAD, BAD, "U"),
    row(408, "describe_instances by an id that is not there, with MaxResults",
        lambda lab: told(lab.ec2.describe_instances, InstanceIds=[f"i-{ABSENT}"], MaxResults=5),
        "InvalidParameterCombination", "InvalidParameterCombination", "Q"),
    row(408, "describe_volumes by an id that is not there, with MaxResults",
        lambda lab: told(lab.ec2.describe_volumes, VolumeIds=[f"vol-{ABSENT}"], MaxResults=5),
        "InvalidParameterCombination", "InvalidVolume.NotFound", "M"),
    row(409, "a launch template that is tagged later is found by its tags", tagged_template, True, False),
    *(row(412, f"describe all sixteen {what}", lambda lab, what=what: many(lab, what), 16, 15)
      for what in ("templates", "versions")),
    *(row(410, f"describe_{call}: who made it is the caller", lambda lab, call=call: maker(lab, call), True, False)
      for call in ("launch_templates", "launch_template_versions")),
    row(249, "describe_tags of a Spot request", kind_told, ["spot-instances-request", "found"],
        ["spot-instance-request"]),
    row(411, "network ACLs by id, as moto takes it", lambda lab: by_filter(
        lab, "network_acls", "id", first(lab, "network_acls")), 1, 1, "U"),
    row(411, "network ACLs by the id of another", lambda lab: by_filter(lab, "network_acls", "id", "acl-1"), 0, 0, "U"),
    *(row(411, f"prefix lists by a tag's {which} value", lambda lab, which=which: lists_by_tag(lab, which), count,
          count, "U") for which, count in (("right", 1), ("wrong", 0))),
    row(405, "a stopped instance of an image of today becomes an m1.small", lambda lab: new_type(lab, "m1.small"),
        "InvalidParameterCombination", "done", "U"),
    row(405, "a stopped instance of an image of today becomes a t2.micro", lambda lab: new_type(lab, "t2.micro"),
        "done", "done"),
]  # fmt: skip
