"""Hidden checks of 02_ec2/launch: they check the instances that were not there before the student's code ran."""

from drycloud import check


def left_there(before, after):
    """The instances that the student's code launched and did not terminate again."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def judged(before, after, answers):
    """The instance whose ID the student gave; if it is none of the launched ones, all of these."""
    new = left_there(before, after)
    assert new, "Your code launched no instance, or terminated it again."
    return [id for id in new if id == str(answers.get("instance_id")).strip()] or new


@check(points=1)
def test_an_instance_was_launched(before, after):
    """Your code launched an instance, and it is still there."""
    assert left_there(before, after), (
        "Your code launched no instance, or terminated it again. An instance that was there before is not a new "
        "one, even if your code gave it a new name."
    )


@check(points=4, needs=test_an_instance_was_launched)
def test_nothing_else_changed(before, after):
    """Everything that was in the account before is unchanged."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)}). "
        "To launch an instance, you do not have to change any other."
    )
    left = after.costs_since(before, but=left_there(before, after))
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_an_instance_was_launched)
def test_image_is_the_given_one(before, after, given, answers):
    """The instance was launched from the given image."""
    other = [used for id in judged(before, after, answers) if (used := after[id].image_id) != given.image_id]
    assert not other, f"The instance was launched from the image {other[0]}, which is not the given one."


@check(points=1, needs=test_an_instance_was_launched)
def test_type_is_the_given_one(before, after, given, answers):
    """The instance has the given instance type."""
    other = [used for id in judged(before, after, answers) if (used := after[id].instance_type) != given.instance_type]
    assert not other, f"The instance has the type {other[0]}, which is not the given one."


@check(points=1, needs=test_an_instance_was_launched)
def test_key_is_the_given_one(before, after, given, answers):
    """The instance was launched with the given key pair."""
    for id in judged(before, after, answers):
        used = after[id].key_name
        assert used, "The instance was launched without a key pair: nobody can log in to it with ssh."
        assert used == given.key_name, (
            f"The instance was launched with the key pair {used}, which is not the given one."
        )


@check(points=1, needs=test_an_instance_was_launched)
def test_your_code_waited(before, after, answers, trail):
    """Your code waited until the instance was running."""
    new = judged(before, after, answers)
    assert any(trail.waited_for(id) for id in new), (
        f"{looked_at(trail, new)} `run_instances` returns while the instance is still pending: ask again until the "
        "response says that this instance is running, or use a waiter. (If your code ended early, because of an "
        "error or the time limit, fix that first.)"
    )


def looked_at(trail, new):
    """What the student's code saw of these instances after their launch, in a sentence."""
    asked = [call for call in trail if call.operation.startswith("Describe") and call.error is None]
    if any(id in call.states_told for call in asked for id in new):
        return "The last state of the new instance that AWS reported to your code was pending."
    if asked:
        return "Your code asked AWS about something else than the new instance."
    return "Your code ended without asking AWS whether the new instance is running."
