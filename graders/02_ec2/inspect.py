"""Hidden checks of 02_ec2/inspect: they compare the answers with the instance before the student's code ran."""

from drycloud import check


def told(answers, name):
    """The student's variable of that name, which must be a string; a line end, as a command prints it, is ignored."""
    value = getattr(answers, name)
    assert isinstance(value, str), f"`{name}` must be a string, but it is {str(value)[:60]}."
    return value.strip()


def is_right(answers, name, instance):
    """Whether an answer is the instance's value of the same name."""
    value = answers.get(name)
    return isinstance(value, str) and value.strip() == getattr(instance, name)


@check(points=1)
def test_a_value_is_of_this_instance(before, given, answers):
    """At least one of the values belongs to the given instance, and to no other."""
    mine = before[given.instance_id]
    right = any(is_right(answers, name, mine) for name in ("public_ip", "public_dns", "key_name"))
    assert right, (
        "Neither the addresses nor the name of the key pair belong to the instance `given.instance_id`. Does your code "
        "ask for this instance by its ID? Do not type in the values: they are different in each run."
    )


@check(points=2, needs=test_a_value_is_of_this_instance)
def test_nothing_changed(before, after):
    """All instances, and everything else in the account, are unchanged."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code should only read, but it changed something: {changes[0]} (in total: {len(changes)})."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_a_value_is_of_this_instance)
def test_public_dns_is_right(before, given, answers):
    """`public_dns` is the instance's public DNS name."""
    value = told(answers, "public_dns")
    assert not value.endswith(".internal"), f"{value} is a private DNS name, which does not work outside AWS."
    assert value == before[given.instance_id].public_dns, f"{value!r} is not the public DNS name of the instance."
