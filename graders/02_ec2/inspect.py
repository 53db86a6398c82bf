"""Hidden checks of 02_ec2/inspect: the answers against the instance as it was before the student's code ran."""

from drycloud import check


def told(answers, name):
    """The answer of that name, which must be a string; the end of line of a command's output does not count."""
    value = getattr(answers, name)
    assert isinstance(value, str), f"`{name}` must be a text, and is {str(value)[:60]}."
    return value.strip()


def is_right(answers, name, instance):
    """Whether an answer is the instance's value of the same name."""
    value = answers.get(name)
    return isinstance(value, str) and value.strip() == getattr(instance, name)


@check(points=1)
def test_a_value_is_of_this_instance(before, given, answers):
    """At least one of the values belongs to the instance that was given, and to no other."""
    mine = before[given.instance_id]
    right = any(is_right(answers, name, mine) for name in ("public_ip", "public_dns", "key_name"))
    assert right, (
        "Neither the addresses nor the key's name are those of the instance `given.instance_id`. Does your code ask "
        "for it by its id? Values that were typed in are others in each world."
    )


@check(points=2, needs=test_a_value_is_of_this_instance)
def test_nothing_changed(before, after):
    """All instances, and everything else in the account, are as they were."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something, where it should only look: {changes[0]} (in all: {len(changes)})."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in all: {len(left)})."


@check(points=1, needs=test_a_value_is_of_this_instance)
def test_public_dns_is_right(before, given, answers):
    """`public_dns` is the instance's public DNS name."""
    value = told(answers, "public_dns")
    assert not value.endswith(".internal"), f"{value} is a private name, which is unknown outside AWS."
    assert value == before[given.instance_id].public_dns, f"{value!r} is not the public DNS name of the instance."
