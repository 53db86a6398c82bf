"""Hidden checks of 03_more_ec2/security_group: which sources can reach which ports because of the new rules."""

import ipaddress

from drycloud import check


def made(before, after, given):
    """The new group with the given name (a group cannot be renamed); else the instance's new groups."""
    new = after.new_since(before, "SecurityGroup")
    named = [id for id in new if after[id].name == given.group_name]
    return named or [id for id in new if id in after[given.instance_id].groups]


def rules(after, ids):
    """The inbound rules of all these groups."""
    return [rule for id in ids for rule in after[id].inbound]


def gained(before, after, given):
    """The groups that may allow more than before: the new one, and any other that the instance has only now."""
    had = before[given.instance_id].groups
    return sorted({*made(before, after, given), *(id for id in after[given.instance_id].groups if id not in had)})


def networks(rule, ec2):
    """The source of a rule as IPv4 networks; None for a source that is not one: IPv6, a group."""
    sources = [rule.source]
    if rule.source.startswith("pl-"):
        entries = ec2.get_managed_prefix_list_entries(PrefixListId=rule.source)["Entries"]
        sources = [entry["Cidr"] for entry in entries]
    return [network(source) for source in sources]


def network(source):
    """The IPv4 network in a string, or None."""
    try:
        return ipaddress.IPv4Network(source)
    except ValueError:
        return None


def lets_in(rule, port):
    """Whether the rule opens this port for TCP, and perhaps others too."""
    return rule.protocol == "-1" or (rule.protocol == "tcp" and rule.from_port <= port <= rule.to_port)


@check(points=1)
def test_a_group_is_made(before, after, given):
    """There is a new security group for the instance."""
    assert made(before, after, given), (
        f"There is no new security group with the name {given.group_name!r}. If you add a rule to an old group, it "
        "also opens all the other instances that have this group."
    )


@check(points=2, needs=test_a_group_is_made)
def test_nothing_else_changed(before, after, given):
    """The old security groups, their rules, and all instances are unchanged."""
    changes = after.changes_since(before, but=[(given.instance_id, "groups")])
    assert not changes, f"Your code changed something else: {changes[0]} (in total: {len(changes)})."
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=3, needs=test_a_group_is_made)
def test_instance_keeps_its_groups(before, after, given):
    """The instance still has the security groups that it had before."""
    lost = [id for id in before[given.instance_id].groups if id not in after[given.instance_id].groups]
    assert not lost, (
        f"The instance no longer has the group {after[lost[0]].name!r} (lost in total: {len(lost)}), so connections "
        "that this group allowed are blocked now. If you set an instance's groups, you replace the whole list."
    )


@check(points=1, needs=test_a_group_is_made)
def test_the_network_is_let_in(before, after, given, ec2):
    """The new group allows TCP connections to the given port from every address of the given network."""
    fitting = [rule for rule in rules(after, made(before, after, given)) if lets_in(rule, given.port)]
    sources = [source for rule in fitting for source in networks(rule, ec2)]
    reached = ipaddress.collapse_addresses(source for source in sources if source is not None)
    wanted = ipaddress.ip_network(given.cidr)
    assert any(wanted.subnet_of(source) for source in reached), (
        f"The rules of the new group do not allow every address of {given.cidr} to reach TCP port {given.port}."
    )


@check(points=3, needs=test_a_group_is_made)
def test_nobody_else_is_let_in(before, after, given, ec2):
    """The new rules do not allow connections from outside the given network."""
    wanted = ipaddress.ip_network(given.cidr)
    sources = [(r, source) for r in rules(after, gained(before, after, given)) for source in networks(r, ec2)]
    assert sources, "The new group has no inbound rule: nobody can connect."
    others = [rule for rule, source in sources if source is None or not source.subnet_of(wanted)]
    assert not others, f"A rule allows more than the network {given.cidr}: {others[0]}."


@check(points=2, needs=test_a_group_is_made)
def test_no_other_port_is_opened(before, after, given):
    """The new rules do not open any port except the given TCP port."""
    new = rules(after, gained(before, after, given))
    assert new, "The new group has no inbound rule: nobody can connect."
    only = ("tcp", given.port, given.port)
    wide = [rule for rule in new if (rule.protocol, rule.from_port, rule.to_port) != only]
    assert not wide, f"A rule opens more than TCP port {given.port}: {wide[0]}."
