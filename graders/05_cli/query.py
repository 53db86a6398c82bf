"""Hidden checks of 05_cli/query: which IDs the file contains, in any place and format."""

import re

from drycloud import check


def listed(before, files):
    """The IDs in running.txt that belong to instances in the account."""
    text = files["running.txt"].text if "running.txt" in files else ""
    return [id for id in dict.fromkeys(re.findall(r"(?<![\w-])i-[0-9a-f]+", text)) if id in before]


def judged(before, files):
    """The IDs to judge, at least one."""
    found = listed(before, files)
    assert found, "running.txt contains no ID of an instance in this account."
    return found


def tagged(before, given):
    """The instances that have the tag, in any state and of any type."""
    return before.instances(tag=(given.TAG_KEY, given.TAG_VALUE))


@check(points=1)
def test_one_of_them_is_in_the_file(before, given, files):
    """running.txt contains at least one ID that belongs there."""
    found = listed(before, files)
    right = [id for id in tagged(before, given) if before[id].instance_type == given.INSTANCE_TYPE]
    assert any(id in right and before.state(id) == "running" for id in found), (
        "running.txt contains no ID of a running instance with the given type and tag. Does your code write the IDs "
        "from the response of AWS? They are different in each run."
    )


@check(points=2, needs=test_one_of_them_is_in_the_file)
def test_nothing_changed(before, after):
    """Your code did not change anything in the account, or add anything to it."""
    changes = after.changes_since(before)
    assert not changes, f"Your code should only read, but changed the account: {changes[0]} (in total: {len(changes)})."
    new = after.additions_since(before)
    assert not new, f"Your code should only read, but added to the account: {new[0]} (in total: {len(new)})."


@check(points=2, needs=test_one_of_them_is_in_the_file)
def test_only_running_ones_are_in_the_file(before, files):
    """No instance in running.txt is stopped or terminated."""
    other = [id for id in judged(before, files) if before.state(id) != "running"]
    assert not other, f"{other[0]} is in running.txt, but is {before.state(other[0])} (such IDs: {len(other)})."


@check(points=1, needs=test_one_of_them_is_in_the_file)
def test_only_that_type_is_in_the_file(before, given, files):
    """Every instance in running.txt has the given type."""
    other = [id for id in judged(before, files) if before[id].instance_type != given.INSTANCE_TYPE]
    assert not other, (
        f"{other[0]} is in running.txt, but is a {before[other[0]].instance_type} (such IDs: {len(other)})."
    )


@check(points=1, needs=test_one_of_them_is_in_the_file)
def test_only_tagged_ones_are_in_the_file(before, given, files):
    """Every instance in running.txt has the tag, with exactly the given value."""
    found, right = judged(before, files), tagged(before, given)
    other = [id for id in found if id not in right]
    assert not other, (
        f"{other[0]} is in running.txt, but does not have the tag with this value (such IDs: {len(other)}). "
        "Compare the whole key and the whole value; both are case-sensitive."
    )
