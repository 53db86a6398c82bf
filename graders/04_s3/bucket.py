"""Hidden checks of 04_s3/bucket: what the new bucket is like, and that the others are as they were."""

from drycloud import check


def made(before, after, given):
    """The bucket to judge: the one of that name, or else the first that the code made."""
    new = after.new_since(before, "Bucket")
    assert new, "Your code made no bucket."
    return after.bucket(given.bucket if given.bucket in new else new[0])


@check(points=1)
def test_a_bucket_was_made(before, after, given):
    """Your code made a bucket."""
    made(before, after, given)


@check(points=1, needs=test_a_bucket_was_made)
def test_nothing_else_changed(before, after):
    """The buckets of others are as they were."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed what was there before: {changes[0]} (in total: {len(changes)}). "
        "Which bucket does each of your calls name?"
    )
    stored = [thing for name in after.new_since(before, "Bucket") for thing in after.inside(name)]
    left = after.costs_since(before, but=stored)
    assert not left, f"Your code left something besides the bucket that costs money: {left[0]} (in total: {len(left)})."


@check(points=1, needs=test_a_bucket_was_made)
def test_no_other_bucket_was_made(before, after, given):
    """No bucket was made but one."""
    own = made(before, after, given).id
    others = [name for name in after.new_since(before, "Bucket") if name != own]
    assert not others, f"Your code also made the bucket {others[0]!r}, which was not asked for, and left it there."


@check(points=2, needs=test_a_bucket_was_made)
def test_the_bucket_is_private(before, after, given):
    """All four settings of Block Public Access are on."""
    bucket = made(before, after, given)
    assert bucket.public_access_blocked, (
        "Not all four settings of Block Public Access are on any more. A new bucket has them all: "
        "which of your calls has changed them, and to what?"
    )
    assert not bucket.public, "Something about the bucket is open to everybody: look at its policy and its access list."


@check(points=2, needs=test_a_bucket_was_made)
def test_the_bucket_is_tagged(before, after, given, trail):
    """The bucket has the tag owner, with the value that you were given."""
    bucket = made(before, after, given)
    assert bucket.tags.get("owner") == given.owner, _what_is_wrong(bucket, given.owner, trail)


def _what_is_wrong(bucket, owner, trail):
    tags = bucket.tags
    if not tags:
        return f"The bucket has no tags. {_where_they_went(bucket.id, trail)}"
    if "owner" in tags:
        return f"The bucket's tag owner has the value {tags['owner']!r}, and not the one that you were given."
    if owner in tags:
        return f"Key and value are the other way round: the tag's key is {owner!r}, and should be 'owner'."
    held = "', '".join(sorted(tags)[:5])
    return f"The bucket has no tag with the key 'owner', but '{held}'. Capital letters count."


def _where_they_went(bucket, trail):
    """What came of the calls that would set a tag."""
    calls = [call for call in trail if call.service == "s3" and "Tagging" in f"{call.operation} {call.parameters}"]
    calls = [call for call in calls if call.operation.startswith(("Put", "Create"))]
    failed = [call for call in calls if call.error]
    objects = [call.parameters["Key"] for call in calls if call.parameters.get("Key")]
    others = [call.parameters.get("Bucket") for call in calls if call.parameters.get("Bucket") != bucket]
    if failed:
        return f"Your code asked for tags, and AWS refused with the error {failed[-1].error}."
    if objects:
        return f"Your code gave a tag to the object {objects[0]!r}. A bucket has tags of its own, set by another call."
    if others:
        return f"Your code gave tags to the bucket {others[0]!r}, which is another one."
    return "None of your code's calls asked for tags on a bucket."
