"""Hidden checks of 03_more_ec2/image: the new images of the instance, and what was launched from them."""

from drycloud import check

ADDRESSES = ("public_ip", "public_dns")  # different after a stop and a start


def saved(before, after, given):
    """The new images of the given instance."""
    return [id for id in after.new_since(before, "Image") if after[id].source_instance == given.instance_id]


def launched(before, after):
    """The new instances that are still there."""
    return [id for id in after.new_since(before, "Instance") if after.state(id) != "terminated"]


def clones(before, after, given):
    """The new instances that were launched from such an image."""
    return [id for id in launched(before, after) if after[id].image_id in saved(before, after, given)]


@check(points=1)
def test_the_machine_is_saved(before, after, given):
    """There is a new image of the instance."""
    assert saved(before, after, given), (
        "There is no new image of the instance `given.instance_id`. The images that were there before contain an older "
        "state of it."
    )


@check(points=3, needs=test_the_machine_is_saved)
def test_nothing_else_changed(before, after, given):
    """The original instance is still running, and everything else is unchanged."""
    state = after.state(given.instance_id)
    assert state == "running", (
        f"The original instance is {state}, not running. You do not have to stop or terminate it."
    )
    changes = after.changes_since(before, but=[(given.instance_id, *ADDRESSES)])
    assert not changes, f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)})."


@check(points=1, needs=test_the_machine_is_saved)
def test_image_has_the_name(before, after, given):
    """The image has the given name."""
    names = [after[id].name for id in saved(before, after, given)]
    assert given.image_name in names, f"The name of the new image is {names[0]!r}, not {given.image_name!r}."


@check(points=2, needs=test_the_machine_is_saved)
def test_clone_starts_from_the_image(before, after, given):
    """An instance was launched from the new image."""
    others = [after[id].image_id for id in launched(before, after)]
    assert others, "There is no new instance."
    same = others[0] == before[given.instance_id].image_id
    assert clones(before, after, given), f"The new instance was launched from the image {others[0]}" + (
        ", like the original: that image does not contain the setup." if same else ", not from the new one."
    )


@check(points=1, needs=test_the_machine_is_saved)
def test_clone_has_the_type(before, after, given):
    """The launched instance has the given instance type."""
    types = [after[id].instance_type for id in clones(before, after, given) or launched(before, after)]
    assert types, "There is no new instance."
    assert given.instance_type in types, f"The clone has the type {types[0]}, not {given.instance_type}."


@check(points=1, needs=test_the_machine_is_saved)
def test_your_code_waited_for_the_clone(before, after, given, trail):
    """Your code waited until the new instance was running."""
    new = clones(before, after, given) or launched(before, after)
    assert new, "There is no new instance."
    assert any(trail.waited_for(id) for id in new), (
        "Your code never got a response of AWS which says that the new instance is running: when `run_instances` "
        "returns, it is still pending. Wait for it, as for the image. (If your code ended early, because of an error "
        "or the time limit, fix that first.)"
    )


@check(points=2, needs=test_the_machine_is_saved)
def test_nothing_is_left_over(before, after):
    """Your code left only one image, with its snapshots, and one instance."""
    new = launched(before, after)
    assert len(new) < 2, f"Your code launched {len(new)} instances that are still there. The task asks for one."
    images = after.new_since(before, "Image")
    assert len(images) == 1, f"Your code created {len(images)} images that are still there. The task asks for one."
    stray = [id for id in after.new_since(before, "DiskSnapshot") if after[id].image_id not in images]
    assert not stray, (
        f"Your code left the snapshot {stray[0]}, which does not belong to any image. It costs money: when you "
        "deregister an image, AWS does not always delete its snapshots."
    )
    left = after.costs_since(before, but=[*new, *images])
    assert not left, f"Your code left something else that costs money: {left[0]}."
