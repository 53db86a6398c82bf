"""Hidden checks of 04_s3/empty: what is left of the bucket, and that nothing else was deleted."""

from drycloud import check


def held_by(before, given):
    """The bucket and all that was in it."""
    return [before.bucket(given.bucket), *before.inside(given.bucket)]


@check(points=3)
def test_nothing_else_changed(before, after, given):
    """Something in the bucket is deleted permanently, and all other buckets are unchanged."""
    gone = [version.id for version in before.versions(given.bucket) if version not in after]
    assert gone, (
        "Nothing in the bucket is deleted yet: every version and every delete marker is still there. If you delete a "
        "key without a version ID, S3 only adds another delete marker."
    )
    changes = after.changes_since(before, but=held_by(before, given))
    assert not changes, (
        f"Something in another bucket has changed: {changes[0]} (in total: {len(changes)}). "
        "Which bucket does each of your calls use?"
    )
    left = after.costs_since(before)
    assert not left, f"Your code left something new behind that costs money: {left[0]} (in total: {len(left)})."


@check(points=2)
def test_the_markers_are_gone(before, after, given):
    """The bucket contains no delete marker."""
    left = [version for version in after.versions(given.bucket) if version.is_delete_marker]
    had = sum(version.is_delete_marker for version in before.versions(given.bucket))
    if not had:
        raise LookupError("the scene made no delete marker")
    assert not left, (
        f"There are {len(left)} delete markers in the bucket (there were {had}), for example one of {left[0].key!r}."
    )
