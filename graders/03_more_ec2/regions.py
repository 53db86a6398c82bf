"""Hidden checks of 03_more_ec2/regions: by the instances that had the tag in any Region before the code ran."""

from drycloud import check

DEFAULT = "us-east-1"


COMPARE = "Compare the whole key and the whole value of the tag, for each instance."
GAVE_IT = "Your code added the tag to something that did not have it. Use the tag only to find instances."
WRITE_NOTHING = "Do not change anything that does not have the tag: no tags, no state, no termination protection."


def tagged(before, given):
    """The instances that the student had to find, even if their tags have changed since."""
    return before.instances(tag=(given.tag_key, given.tag_value))


def by_region(before, given):
    """What the student had to find: the Regions, and the IDs in each."""
    ours = tagged(before, given)
    if not ours:
        raise LookupError("the scene made no such instance")
    return {before[id].region: [other for other in ours if before[other].region == before[id].region] for id in ours}


def why(before, after, given):
    """A hint for a student whose code changed something without the tag."""
    others = [id for id in before.instances() if id not in tagged(before, given)]
    if any(id in others for id in after.instances(tag=(given.tag_key, given.tag_value))):
        return GAVE_IT
    ended = any(after.state(id) == "terminated" != before.state(id) for id in others)
    return COMPARE if ended else WRITE_NOTHING


@check(points=1)
def test_an_instance_is_terminated(before, after, given):
    """At least one of the instances with the tag is terminated."""
    ended = [id for id in tagged(before, given) if after.state(id) == "terminated"]
    assert ended, (
        "None of the instances that had the tag at the start is terminated. To list an instance, to stop it, or "
        "to remove its tag, is not enough."
    )


@check(points=3, needs=test_an_instance_is_terminated)
def test_nothing_else_changed(before, after, given):
    """Everything without the tag is unchanged, in every Region, and your code left nothing new behind."""
    changes = after.changes_since(before, but=tagged(before, given))
    assert not changes, f"Your code changed something without the tag: {changes[0]} (in total: {len(changes)}). " + why(
        before, after, given
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=4, needs=test_an_instance_is_terminated)
def test_instances_of_other_regions_are_terminated(before, after, given):
    """In the other Regions, every instance with the tag is terminated, too."""
    ours = {region: ids for region, ids in by_region(before, given).items() if region != DEFAULT}
    if not ours:
        raise LookupError("the scene made no such instance in another region")
    left = {region: [id for id in ids if after.state(id) != "terminated"] for region, ids in ours.items()}
    regions = [region for region, ids in left.items() if ids]
    assert not regions, (
        f"In {len(regions)} of {len(ours)} other Regions an instance with the tag is still running. Does your code ask "
        "AWS which Regions there are? Does it create a client for each? Does it loop over every reservation?"
    )


@check(points=2)
def test_found_tells_what_ran(before, given, answers):
    """`found` contains every instance with the tag, in its Region, and no other."""
    right = {region: sorted(ids) for region, ids in by_region(before, given).items()}
    assert isinstance(answers.found, dict), "`found` is not a dict."
    found = {region: ids for region, ids in answers.found.items() if ids}
    missing = [region for region in right if region not in found]
    assert not missing, f"`found` has nothing for {len(missing)} of the {len(right)} Regions that had such instances."
    extra = [region for region in found if region not in right]
    assert not extra, f"`found` has IDs for {extra[0]}, where no instance had the tag."
    for region, ids in found.items():
        told = sorted(map(str, ids)) if isinstance(ids, list) else ids
        assert told == right[region], (
            f"`found[{region!r}]` must contain the ID of each instance that had the tag there, once."
        )
