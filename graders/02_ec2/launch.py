"""Hidden checks of 02_ec2/launch: on the instances that were not there before the student's code ran."""

from drycloud import check


def left_there(before, after):
    """The instances that the student's code launched and did not terminate again."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def judged(before, after, answers):
    """The instance that the student names; all that were launched, where the name is of none of them."""
    new = left_there(before, after)
    assert new, "Your code launched no instance, or terminated it again."
    return [id for id in new if id == str(answers.get("instance_id")).strip()] or new


@check(points=1)
def test_an_instance_was_launched(before, after):
    """Your code launched an instance, and it is still there."""
    assert left_there(before, after), (
        "Your code launched no instance, or terminated it again. An instance that was there before is not a new one, "
        "whatever its name is now."
    )


@check(points=4, needs=test_an_instance_was_launched)
def test_nothing_else_changed(before, after):
    """Everything that was in the account before is as it was."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in all: {len(changes)}). "
        "Launching a machine needs no change to any other."
    )
    left = after.costs_since(before, but=left_there(before, after))
    assert not left, f"Your code left something besides the machine that costs money: {left[0]} (in all: {len(left)})."


@check(points=1, needs=test_an_instance_was_launched)
def test_image_is_the_given_one(before, after, given, answers):
    """It was launched from the image that was given."""
    other = [used for id in judged(before, after, answers) if (used := after[id].image_id) != given.image_id]
    assert not other, f"The instance was launched from the image {other[0]}, which is not the one given."


@check(points=1, needs=test_an_instance_was_launched)
def test_type_is_the_given_one(before, after, given, answers):
    """It is of the instance type that was given."""
    other = [used for id in judged(before, after, answers) if (used := after[id].instance_type) != given.instance_type]
    assert not other, f"The instance is of the type {other[0]}, which is not the one given."


@check(points=1, needs=test_an_instance_was_launched)
def test_key_is_the_given_one(before, after, given, answers):
    """It was launched with the key pair that was given."""
    for id in judged(before, after, answers):
        used = after[id].key_name
        assert used, "The instance was launched without a key pair: nobody can log in to it by ssh."
        assert used == given.key_name, (
            f"The instance was launched with the key pair {used}, which is not the one given."
        )


@check(points=1, needs=test_an_instance_was_launched)
def test_your_code_waited(before, after, answers, trail):
    """Your code waited until the instance was running."""
    new = judged(before, after, answers)
    assert any(trail.waited_for(id) for id in new), (
        f"{looked_at(trail, new)} `run_instances` answers while the machine is still pending: go on asking until the "
        "answer says that this instance is running, or let a waiter do it. (If your code ended early, because of an "
        "error or of its time, mend that first.)"
    )


def looked_at(trail, new):
    """What the student's code saw of these instances after their launch, in a sentence."""
    asked = [call for call in trail if call.operation.startswith("Describe") and call.error is None]
    if any(id in call.states_told for call in asked for id in new):
        return "The last that AWS told your code of the new instance was that it is pending."
    if asked:
        return "What your code asked AWS about was not the new instance."
    return "Up to its end, your code did not ask AWS whether the new instance runs."
