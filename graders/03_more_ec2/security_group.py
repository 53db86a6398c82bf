"""Hidden checks of 03_more_ec2/security_group: who can reach the instance, by which port, through what is new."""

import ipaddress

from drycloud import check


def made(before, after, given):
    """The new group of the given name, which nobody can change afterwards; else those that the instance is in."""
    new = after.new_since(before, "SecurityGroup")
    named = [id for id in new if after[id].name == given.group_name]
    return named or [id for id in new if id in after[given.instance_id].groups]


def rules(after, ids):
    """The inbound rules of all these groups."""
    return [rule for id in ids for rule in after[id].inbound]


def gained(before, after, given):
    """The groups by which more can come in than before: the new one, and whatever else the instance is in now."""
    had = before[given.instance_id].groups
    return sorted({*made(before, after, given), *(id for id in after[given.instance_id].groups if id not in had)})


def networks(rule, ec2):
    """Where a rule's visitors come from, as IPv4 networks; None stands for what is none: IPv6, a group."""
    sources = [rule.source]
    if rule.source.startswith("pl-"):
        entries = ec2.get_managed_prefix_list_entries(PrefixListId=rule.source)["Entries"]
        sources = [entry["Cidr"] for entry in entries]
    return [network(source) for source in sources]


def network(source):
    """The IPv4 network that a text stands for, or None."""
    try:
        return ipaddress.IPv4Network(source)
    except ValueError:
        return None


def lets_in(rule, port):
    """Whether it opens this port for TCP, others perhaps as well."""
    return rule.protocol == "-1" or (rule.protocol == "tcp" and rule.from_port <= port <= rule.to_port)


@check(points=1)
def test_a_group_is_made(before, after, given):
    """There is a new security group for the instance."""
    assert made(before, after, given), (
        f"There is no new security group with the name {given.group_name!r}. To add a rule to a group that was there "
        "lets visitors in to all the other machines of that group, too."
    )


@check(points=2, needs=test_a_group_is_made)
def test_nothing_else_changed(before, after, given):
    """The groups that were there, their rules, and all instances are as they were."""
    changes = after.changes_since(before, but=[(given.instance_id, "groups")])
    assert not changes, f"Your code changed something else: {changes[0]} (in total: {len(changes)})."
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=3, needs=test_a_group_is_made)
def test_instance_keeps_its_groups(before, after, given):
    """The instance is still in the groups that it was in before."""
    lost = [id for id in before[given.instance_id].groups if id not in after[given.instance_id].groups]
    assert not lost, (
        f"The instance is no longer in the group {after[lost[0]].name!r} (lost in total: {len(lost)}), so what that "
        "group let in stays out now. Setting an instance's groups replaces the whole list."
    )


@check(points=1, needs=test_a_group_is_made)
def test_the_network_is_let_in(before, after, given, ec2):
    """The new group lets in TCP at the given port from every address of the given network."""
    fitting = [rule for rule in rules(after, made(before, after, given)) if lets_in(rule, given.port)]
    sources = [source for rule in fitting for source in networks(rule, ec2)]
    reached = ipaddress.collapse_addresses(source for source in sources if source is not None)
    wanted = ipaddress.ip_network(given.cidr)
    assert any(wanted.subnet_of(source) for source in reached), (
        f"By the rules of the new group, not every address of {given.cidr} can reach TCP port {given.port}."
    )


@check(points=3, needs=test_a_group_is_made)
def test_nobody_else_is_let_in(before, after, given, ec2):
    """Nothing from outside the given network is let in by what is new."""
    wanted = ipaddress.ip_network(given.cidr)
    sources = [(r, source) for r in rules(after, gained(before, after, given)) for source in networks(r, ec2)]
    assert sources, "The new group has no inbound rule: it lets nobody in."
    others = [rule for rule, source in sources if source is None or not source.subnet_of(wanted)]
    assert not others, f"A rule lets in more than the network {given.cidr}: {others[0]}."


@check(points=2, needs=test_a_group_is_made)
def test_no_other_port_is_opened(before, after, given):
    """Nothing but TCP at the given port is let in by what is new."""
    new = rules(after, gained(before, after, given))
    assert new, "The new group has no inbound rule: it lets nobody in."
    only = ("tcp", given.port, given.port)
    wide = [rule for rule in new if (rule.protocol, rule.from_port, rule.to_port) != only]
    assert not wide, f"A rule opens more than TCP port {given.port}: {wide[0]}."
