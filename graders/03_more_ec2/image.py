"""Hidden checks of 03_more_ec2/image: on the images of the machine that are new, and on what was launched from them."""

from drycloud import check

ADDRESSES = ("public_ip", "public_dns")  # others after a stop and a start


def saved(before, after, given):
    """The new images of the given machine."""
    return [id for id in after.new_since(before, "Image") if after[id].source_instance == given.instance_id]


def launched(before, after):
    """The new instances that are still there."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def clones(before, after, given):
    """Those that were started from such an image."""
    return [id for id in launched(before, after) if after[id].image_id in saved(before, after, given)]


@check(points=1)
def test_the_machine_is_saved(before, after, given):
    """There is a new image of the machine."""
    assert saved(before, after, given), (
        "There is no new image that was made of the instance `given.instance_id`. Images of it that were there before "
        "hold an older state."
    )


@check(points=3, needs=test_the_machine_is_saved)
def test_nothing_else_changed(before, after, given):
    """The original machine still runs, and everything else is as it was."""
    state = after.state(given.instance_id)
    assert state == "running", f"The original machine is {state}, not running. A copy takes nothing away from it."
    changes = after.changes_since(before, but=[(given.instance_id, *ADDRESSES)])
    assert not changes, f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)})."


@check(points=1, needs=test_the_machine_is_saved)
def test_image_has_the_name(before, after, given):
    """The image has the name that was given."""
    names = [after[id].name for id in saved(before, after, given)]
    assert given.image_name in names, f"The new image's name is {names[0]!r}, not {given.image_name!r}."


@check(points=2, needs=test_the_machine_is_saved)
def test_clone_starts_from_the_image(before, after, given):
    """An instance was launched from the new image."""
    others = [after[id].image_id for id in launched(before, after)]
    assert others, "No new instance is there."
    same = others[0] == before[given.instance_id].image_id
    assert clones(before, after, given), f"The new instance was launched from the image {others[0]}" + (
        ", from which the original once started: nothing that was set up since is in it." if same else ", not the new."
    )


@check(points=1, needs=test_the_machine_is_saved)
def test_clone_has_the_type(before, after, given):
    """The instance that was launched is of the instance type that was given."""
    types = [after[id].instance_type for id in clones(before, after, given) or launched(before, after)]
    assert types, "No new instance is there."
    assert given.instance_type in types, f"The clone is of the type {types[0]}, not {given.instance_type}."


@check(points=1, needs=test_the_machine_is_saved)
def test_your_code_waited_for_the_clone(before, after, given, trail):
    """Your code waited until the new instance was running."""
    new = clones(before, after, given) or launched(before, after)
    assert new, "No new instance is there."
    assert any(trail.waited_for(id) for id in new), (
        "No answer of AWS told your code that the new instance is running: when `run_instances` answers, it is still "
        "pending. Wait for it as for the image. (If your code ended early, because of an error or of its time, mend "
        "that first.)"
    )


@check(points=2, needs=test_the_machine_is_saved)
def test_nothing_is_left_over(before, after):
    """No more than one image with its snapshots and one instance were made and left."""
    new = launched(before, after)
    assert len(new) < 2, f"Your code launched {len(new)} instances that are still there. One was ordered."
    images = after.new_since(before, "Image")
    assert len(images) == 1, f"Your code made {len(images)} images that are still there. One was ordered."
    stray = [id for id in after.new_since(before, "DiskSnapshot") if after[id].image_id not in images]
    assert not stray, (
        f"Your code left the snapshot {stray[0]}, which belongs to no image that is there. It costs money: to "
        "deregister an image need not delete its snapshots."
    )
    left = after.costs_since(before, but=[*new, *images])
    assert not left, f"Your code left something that was not ordered and that costs money: {left[0]}."
