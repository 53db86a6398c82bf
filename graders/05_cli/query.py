"""Hidden checks of 05_cli/query: which ids the file holds, wherever and however they stand in it."""

import re

from drycloud import check


def listed(before, files):
    """The ids of instances that running.txt holds, of those that there were."""
    text = files["running.txt"].text if "running.txt" in files else ""
    return [id for id in dict.fromkeys(re.findall(r"(?<![\w-])i-[0-9a-f]+", text)) if id in before]


def judged(before, files):
    """The ids to judge, of which there has to be one."""
    found = listed(before, files)
    assert found, "running.txt holds no id of an instance in this account."
    return found


def tagged(before, given):
    """The instances that have the tag, in whatever state and of whatever type."""
    return before.instances(tag=(given.TAG_KEY, given.TAG_VALUE))


@check(points=1)
def test_one_of_them_is_in_the_file(before, given, files):
    """running.txt holds at least one id that belongs there."""
    found = listed(before, files)
    right = [id for id in tagged(before, given) if before[id].instance_type == given.INSTANCE_TYPE]
    assert any(id in right and before.state(id) == "running" for id in found), (
        "running.txt holds no id of a running instance of that type with that tag. Does the file come from what AWS "
        "answers? Ids are others in each run."
    )


@check(points=2, needs=test_one_of_them_is_in_the_file)
def test_nothing_changed(before, after):
    """Nothing in the account has changed, and nothing was added to it."""
    changes = after.changes_since(before)
    assert not changes, f"Your code changed the account: {changes[0]} (in total: {len(changes)}). It was only to look."
    new = after.additions_since(before)
    assert not new, f"Your code added something to the account: {new[0]} (in total: {len(new)}). It was only to look."


@check(points=2, needs=test_one_of_them_is_in_the_file)
def test_only_running_ones_are_in_the_file(before, files):
    """No instance in running.txt is stopped or terminated."""
    other = [id for id in judged(before, files) if before.state(id) != "running"]
    assert not other, f"{other[0]} is in running.txt, and is {before.state(other[0])} (such ids in all: {len(other)})."


@check(points=1, needs=test_one_of_them_is_in_the_file)
def test_only_that_type_is_in_the_file(before, given, files):
    """Every instance in running.txt is of the type that was given."""
    other = [id for id in judged(before, files) if before[id].instance_type != given.INSTANCE_TYPE]
    assert not other, (
        f"{other[0]} is in running.txt, and is a {before[other[0]].instance_type} (such ids in all: {len(other)})."
    )


@check(points=1, needs=test_one_of_them_is_in_the_file)
def test_only_tagged_ones_are_in_the_file(before, given, files):
    """Every instance in running.txt has the tag, with exactly that value."""
    found, right = judged(before, files), tagged(before, given)
    other = [id for id in found if id not in right]
    assert not other, (
        f"{other[0]} is in running.txt, and does not have that tag with that value (such ids in all: {len(other)}). "
        "Compare the whole key and the whole value; capital letters count."
    )
