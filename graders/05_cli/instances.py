"""Hidden checks of 05_cli/instances: on the machines that were not there before, and the order of the calls."""

from drycloud import check


def left_there(before, after):
    """The instances that the student's code launched and did not terminate again."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def judged(before, after):
    """The instances to judge, of which there has to be one."""
    new = left_there(before, after)
    assert new, (
        "Your code launched no instance, or terminated it again. The old machine was to be replaced: without a "
        "new one, there is none."
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
    assert len(new) == 1, f"Your code launched {len(new)} instances, and each of them costs. One was ordered."


@check(points=4, needs=test_a_new_instance_is_there)
def test_nothing_else_changed(before, after, given):
    """Everything in the account but the old instance is as it was."""
    changes = after.changes_since(before, but=[given.OLD_INSTANCE_ID])
    assert not changes, (
        f"Your code changed something that was neither the old machine nor the new one: {changes[0]} "
        f"(in total: {len(changes)}). Does each command name the id that you mean?"
    )
    left = after.costs_since(before, but=left_there(before, after))
    assert not left, (
        f"Your code left something besides the machine that costs money: {left[0]} (in total: {len(left)})."
    )


@check(points=1, needs=test_a_new_instance_is_there)
def test_image_is_the_given_one(before, after, given):
    """It was launched from the image that was given."""
    other = [after[id].image_id for id in judged(before, after) if after[id].image_id != given.IMAGE_ID]
    assert not other, f"The instance was launched from the image {other[0]}, which is not the one given."


@check(points=1, needs=test_a_new_instance_is_there)
def test_type_is_the_given_one(before, after, given):
    """It is of the instance type that was given."""
    other = [after[id].instance_type for id in judged(before, after) if after[id].instance_type != given.INSTANCE_TYPE]
    assert not other, f"The instance is of the type {other[0]}, which is not the one given."


@check(points=1, needs=test_a_new_instance_is_there)
def test_the_old_one_stayed_until_the_new_one_ran(before, after, trail, given):
    """The old instance was terminated only after your code had waited until the new one was running."""
    old, new = given.OLD_INSTANCE_ID, judged(before, after)
    assert any(call.names("TerminateInstances", old) for call in trail), "The old instance was not terminated at all."
    earlier = trail.until("TerminateInstances", old)
    assert any(id in call.states_told for call in earlier for id in new), (
        "The old instance was terminated before the new one was launched. What if the launch had failed?"
    )
    assert any(earlier.waited_for(id) for id in new), (
        "When your code terminated the old instance, no answer of AWS had told it yet that the new one is running. A "
        "new machine needs a while: wait for the id that the launch printed, then end the old one."
    )
