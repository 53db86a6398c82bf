"""Hidden checks of 02_ec2/terminate: by the ids that carried the tag before the student's code ran."""

from drycloud import check

COMPARE = "Compare the whole key and the whole value, instance by instance."
GAVE_IT = "Your code gave the tag to what did not have it. It is there to find instances by: only read it."
WRITE_NOTHING = "Nothing has to be set on what does not have the tag: no tag, no state, no protection."


def tagged(before, given):
    """The instances that were to be terminated, whatever became of their tags since."""
    return before.instances(tag=(given.tag_key, given.tag_value))


def why(before, after, given):
    """What to think of where something without the tag has changed."""
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
        "refuse? And mind: stopping an instance, or taking its tag away, does not end it."
    )


@check(points=4, needs=test_a_tagged_instance_is_terminated)
def test_nothing_else_changed(before, after, given):
    """Everything without the tag is as it was, and nothing new was left behind."""
    changes = after.changes_since(before, but=tagged(before, given))
    assert not changes, f"Something that does not have the tag has changed: {changes[0]} (in all: {len(changes)}). " + (
        why(before, after, given)
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in all: {len(left)})."


@check(points=1, needs=test_a_tagged_instance_is_terminated)
def test_protected_instance_is_terminated(before, after, given):
    """The instance with the tag that was protected against termination is terminated as well."""
    old = [id for id in tagged(before, given) if before[id].protected]
    if not old:
        raise LookupError("the scene made no such instance")
    left = [id for id in old if after.state(id) != "terminated"]
    assert not left, (
        f"{left[0]} has the tag, and is {after.state(left[0])}: it was protected against termination. "
        "Its attribute disableApiTermination has to be set to false first."
    )
