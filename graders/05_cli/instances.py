"""Hidden checks of 05_cli/instances: they check the new instances, and the order of the calls."""

from drycloud import check


def left_there(before, after):
    """The instances that the student's code launched and did not terminate again."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def judged(before, after):
    """The instances to judge, at least one."""
    new = left_there(before, after)
    assert new, (
        "Your code launched no instance, or terminated it again. The task is to replace the old instance by a new one."
    )
    return new


@check(points=1)
def test_a_new_instance_is_there(before, after):
    """Your code launched an instance, and it is still there."""
    judged(before, after)


@check(points=2, needs=test_a_new_instance_is_there)
def test_exactly_one_was_launched(before, after):
    """Exactly one instance was launched."""
    new = left_there(before, after)
    assert len(new) == 1, f"Your code launched {len(new)} instances; each of them costs money. The task asks for one."


@check(points=4, needs=test_a_new_instance_is_there)
def test_nothing_else_changed(before, after, given):
    """Everything in the account except the old instance is unchanged."""
    changes = after.changes_since(before, but=[given.OLD_INSTANCE_ID])
    assert not changes, (
        f"Your code changed something else than the old and the new instance: {changes[0]} "
        f"(in total: {len(changes)}). Does each command use the right ID?"
    )
    left = after.costs_since(before, but=left_there(before, after))
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_a_new_instance_is_there)
def test_image_is_the_given_one(before, after, given):
    """The new instance was launched from the given image."""
    other = [after[id].image_id for id in judged(before, after) if after[id].image_id != given.IMAGE_ID]
    assert not other, f"The instance was launched from the image {other[0]}, which is not the given one."


@check(points=1, needs=test_a_new_instance_is_there)
def test_type_is_the_given_one(before, after, given):
    """The new instance has the given instance type."""
    other = [after[id].instance_type for id in judged(before, after) if after[id].instance_type != given.INSTANCE_TYPE]
    assert not other, f"The instance has the type {other[0]}, which is not the given one."


@check(points=1, needs=test_a_new_instance_is_there)
def test_the_old_one_stayed_until_the_new_one_ran(before, after, trail, given):
    """Your code waited until the new instance was running before it terminated the old one."""
    old, new = given.OLD_INSTANCE_ID, judged(before, after)
    assert any(call.names("TerminateInstances", old) for call in trail), "Your code did not terminate the old instance."
    earlier = trail.until("TerminateInstances", old)
    assert any(id in call.states_told for call in earlier for id in new), (
        "Your code terminated the old instance before it launched the new one. What if the launch had failed?"
    )
    assert any(earlier.waited_for(id) for id in new), (
        "Before your code terminated the old instance, no response of AWS said that the new one was running. A new "
        "instance needs some time: wait for the ID that the launch printed, then terminate the old instance."
    )
