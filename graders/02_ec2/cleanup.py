"""Hidden checks of 02_ec2/cleanup: by the IDs that had the project's tag before the student's code ran."""

from drycloud import check

COSTLY = ("Volume", "Address", "DiskSnapshot", "Image")


def tagged(before, given, *kinds):
    """The resources of these kinds that belonged to the project, even if their tags have changed since."""
    found = [id for kind in kinds for id in before.ids(kind, tag=(given.tag_key, given.tag_value))]
    if not found:
        raise LookupError(f"the scene made nothing of the kind {kinds}")
    return found


def gone(after, id):
    """Whether it is deleted, or an instance that is terminated."""
    return id not in after or after.state(id) == "terminated"


@check(points=1)
def test_something_is_given_back(before, after, given):
    """At least one resource of the project is terminated, deleted or released."""
    ended = [id for id in tagged(before, given, "Instance", *COSTLY) if gone(after, id)]
    assert ended, (
        "Nothing that had the project's tag at the start is terminated, deleted or released. If your code found it, "
        "did AWS return an error? To stop an instance, or to remove a tag, is not enough."
    )


@check(points=4, needs=test_something_is_given_back)
def test_nothing_else_changed(before, after, given):
    """What does not belong to the project is unchanged, and your code left nothing new behind."""
    changes = after.changes_since(before, but=tagged(before, given, "Instance", *COSTLY))
    assert not changes, (
        f"Something that does not belong to the project has changed: {changes[0]} (in total: {len(changes)}). "
        "Compare the whole key and the whole value of the tag, for each resource."
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something new behind: {left[0]} (in total: {len(left)}). It costs money again."


@check(points=2, needs=test_something_is_given_back)
def test_addresses_are_released(before, after, given):
    """The project's address is released."""
    left = [id for id in tagged(before, given, "Address") if id in after]
    assert not left, (
        f"The address {after[left[0]].public_ip} ({left[0]}) is still yours. No instance uses it, but it costs as "
        "much as before."
    )


@check(points=1, needs=test_something_is_given_back)
def test_snapshots_are_deleted(before, after, given):
    """Every snapshot of the project is deleted."""
    old = tagged(before, given, "DiskSnapshot")
    left = [id for id in old if id in after]
    assert not left, f"Of the project's snapshots, {len(left)} of {len(old)} are still there, for example {left[0]}."
