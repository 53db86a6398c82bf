"""Hidden checks of 04_s3/bucket: the settings of the new bucket, and that the others are unchanged."""

from drycloud import check


def made(before, after, given):
    """The bucket to judge: the one with the given name, or else the first that the code created."""
    new = after.new_since(before, "Bucket")
    assert new, "Your code did not create a bucket."
    return after.bucket(given.bucket if given.bucket in new else new[0])


@check(points=1)
def test_a_bucket_was_made(before, after, given):
    """Your code created a bucket."""
    made(before, after, given)


@check(points=1, needs=test_a_bucket_was_made)
def test_nothing_else_changed(before, after):
    """The buckets of others are unchanged."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)}). "
        "Which bucket does each of your calls use?"
    )
    stored = [thing for name in after.new_since(before, "Bucket") for thing in after.inside(name)]
    left = after.costs_since(before, but=stored)
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_a_bucket_was_made)
def test_no_other_bucket_was_made(before, after, given):
    """Your code created only one bucket."""
    own = made(before, after, given).id
    others = [name for name in after.new_since(before, "Bucket") if name != own]
    assert not others, f"Your code also created the bucket {others[0]!r}, which the task does not ask for, and left it."


@check(points=2, needs=test_a_bucket_was_made)
def test_the_bucket_is_private(before, after, given):
    """All four settings of Block Public Access are on."""
    bucket = made(before, after, given)
    assert bucket.public_access_blocked, (
        "Not all four settings of Block Public Access are on any more. In a new bucket all are on: "
        "which of your calls has changed them, and how?"
    )
    assert not bucket.public, "Everybody can access the bucket or a part of it: check its bucket policy and its ACL."


@check(points=2, needs=test_a_bucket_was_made)
def test_the_bucket_is_tagged(before, after, given, trail):
    """The bucket has the tag owner, with the given value."""
    bucket = made(before, after, given)
    assert bucket.tags.get("owner") == given.owner, _what_is_wrong(bucket, given.owner, trail)


def _what_is_wrong(bucket, owner, trail):
    tags = bucket.tags
    if not tags:
        return f"The bucket has no tags. {_where_they_went(bucket.id, trail)}"
    if "owner" in tags:
        return f"The bucket's tag owner has the value {tags['owner']!r}, not the given value."
    if owner in tags:
        return f"You have swapped key and value: the tag's key is {owner!r}, but must be 'owner'."
    held = "', '".join(sorted(tags)[:5])
    return f"The bucket has no tag with the key 'owner', but '{held}'. Tag keys are case-sensitive."


def _where_they_went(bucket, trail):
    """What happened to the calls that set tags."""
    calls = [call for call in trail if call.service == "s3" and "Tagging" in f"{call.operation} {call.parameters}"]
    calls = [call for call in calls if call.operation.startswith(("Put", "Create"))]
    failed = [call for call in calls if call.error]
    objects = [call.parameters["Key"] for call in calls if call.parameters.get("Key")]
    others = [call.parameters.get("Bucket") for call in calls if call.parameters.get("Bucket") != bucket]
    if failed:
        return f"Your code tried to set tags, but AWS returned the error {failed[-1].error}."
    if objects:
        return f"Your code added a tag to the object {objects[0]!r}. A bucket has its own tags; use another call."
    if others:
        return f"Your code set tags on another bucket, {others[0]!r}."
    return "Your code made no call that sets tags on a bucket."
