"""Hidden checks of 04_s3/bucket: what the new bucket is like, and that the others are as they were."""

from drycloud import check


@check(points=1)
def test_nothing_else_changed(before, after, given):
    """Your bucket is there, and the buckets of others are as they were."""
    assert after.bucket(given.bucket), "There is no bucket with the name that you were given."
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed what was there before: {changes[0]} (in all: {len(changes)}). "
        "Which bucket does each of your calls name?"
    )
    left = after.costs_since(before, but=after.inside(given.bucket))
    assert not left, f"Your code left something besides the bucket that costs money: {left[0]} (in all: {len(left)})."


@check(points=1, needs=test_nothing_else_changed)
def test_no_other_bucket_was_made(before, after, given):
    """No bucket was made but this one."""
    others = [name for name in after.new_since(before, "Bucket") if name != given.bucket]
    assert not others, f"Your code also made the bucket {others[0]!r}, which was not asked for, and left it there."


@check(points=2, needs=test_nothing_else_changed)
def test_the_bucket_is_private(after, given):
    """All four settings of Block Public Access are on."""
    bucket = after.bucket(given.bucket)
    assert bucket.public_access_blocked, (
        "Not all four settings of Block Public Access are on any more. A new bucket has them all: "
        "which of your calls has changed them, and to what?"
    )
    assert not bucket.public, "Something about the bucket is open to everybody: look at its policy and its access list."


@check(points=2, needs=test_nothing_else_changed)
def test_the_bucket_is_tagged(after, given):
    """The bucket has the tag owner, with the value that you were given."""
    tags = after.bucket(given.bucket).tags
    assert tags.get("owner") == given.owner, _what_is_wrong(tags, given.owner)


def _what_is_wrong(tags, owner):
    if not tags:
        return "The bucket has no tags. Was there an error when your code set them?"
    if "owner" in tags:
        return f"The bucket's tag owner has the value {tags['owner']!r}, and not the one that you were given."
    held = "', '".join(sorted(tags)[:5])
    return f"The bucket has no tag with the key 'owner', but '{held}'. Capital letters count, and key is not value."
