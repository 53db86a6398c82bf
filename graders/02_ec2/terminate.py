"""Hidden checks of 02_ec2/terminate: by the IDs of the instances that had the tag before the student's code ran."""

from drycloud import check

COMPARE = "Compare the whole key and the whole value of the tag, for each instance."
GAVE_IT = "Your code added the tag to something that did not have it. Use the tag only to find instances."
WRITE_NOTHING = "Do not change anything that does not have the tag: no tags, no state, no termination protection."


def tagged(before, given):
    """The instances that the student had to terminate, even if their tags have changed since."""
    return before.instances(tag=(given.tag_key, given.tag_value))


def why(before, after, given):
    """A hint for a student whose code changed something without the tag."""
    others = [id for id in before.instances() if id not in tagged(before, given)]
    if any(id in others for id in after.instances(tag=(given.tag_key, given.tag_value))):
        return GAVE_IT
    ended = any(after.state(id) == "terminated" != before.state(id) for id in others)
    return COMPARE if ended else WRITE_NOTHING


@check(points=1)
def test_a_tagged_instance_is_terminated(before, after, given):
    """At least one of the instances with the tag is terminated."""
    ended = [id for id in tagged(before, given) if after.state(id) == "terminated"]
    assert ended, (
        "None of the instances that had the tag at the start is terminated. If your code found them, did AWS "
        "return an error? To stop an instance, or to remove its tag, is not enough."
    )


@check(points=4, needs=test_a_tagged_instance_is_terminated)
def test_nothing_else_changed(before, after, given):
    """Everything without the tag is unchanged, and your code left nothing new behind."""
    changes = after.changes_since(before, but=tagged(before, given))
    assert not changes, f"Your code changed something without the tag: {changes[0]} (in total: {len(changes)}). " + (
        why(before, after, given)
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_a_tagged_instance_is_terminated)
def test_protected_instance_is_terminated(before, after, given):
    """The instance with the tag that had termination protection is terminated too."""
    old = [id for id in tagged(before, given) if before[id].protected]
    if not old:
        raise LookupError("the scene made no such instance")
    left = [id for id in old if after.state(id) != "terminated"]
    assert not left, (
        f"{left[0]} has the tag, and is {after.state(left[0])}: it had termination protection. "
        "Your code must first set its attribute disableApiTermination to false."
    )
