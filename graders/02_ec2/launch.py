"""Hidden checks of 02_ec2/launch: on the instance that was not there before the student's code ran."""

from drycloud import check


def left_running(before, after):
    """The instances that the student's code launched and did not terminate again."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


@check(points=1)
def test_instance_id_is_of_a_new_instance(before, after, answers):
    """`instance_id` belongs to an instance that your code launched, and that is still there."""
    assert answers.instance_id in left_running(before, after), (
        "`instance_id` is not the id of an instance that your code launched and left there. Take the id from what "
        "`run_instances` answers: names are not unique, and ids are others in each run."
    )


@check(points=2, needs=test_instance_id_is_of_a_new_instance)
def test_exactly_one_was_launched(before, after):
    """Exactly one instance was launched."""
    new = left_running(before, after)
    assert len(new) == 1, f"Your code launched {len(new)} instances, and each of them costs. One was ordered."


@check(points=2, needs=test_instance_id_is_of_a_new_instance)
def test_nothing_else_changed(before, after):
    """Everything that was in the account before is as it was."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in all: {len(changes)}). "
        "Launching a machine needs no change to any other."
    )


@check(points=1, needs=(test_instance_id_is_of_a_new_instance, test_nothing_else_changed))
def test_image_is_the_given_one(after, given, answers):
    """It was launched from the image that was given."""
    used = after[answers.instance_id].image_id
    assert used == given.image_id, f"The instance was launched from the image {used}, which is not the one given."


@check(points=1, needs=(test_instance_id_is_of_a_new_instance, test_nothing_else_changed))
def test_type_is_the_given_one(after, given, answers):
    """It is of the instance type that was given."""
    used = after[answers.instance_id].instance_type
    assert used == given.instance_type, f"The instance is of the type {used}, which is not the one given."


@check(points=1, needs=(test_instance_id_is_of_a_new_instance, test_nothing_else_changed))
def test_key_is_the_given_one(after, given, answers):
    """It was launched with the key pair that was given."""
    used = after[answers.instance_id].key_name
    assert used, "The instance was launched without a key pair: nobody can log in to it by ssh."
    assert used == given.key_name, f"The instance was launched with the key pair {used}, which is not the one given."
