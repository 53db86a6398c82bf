"""Hidden checks of 04_s3/backup: what was uploaded and what is kept, for each file, compared with the old backup."""

import hashlib

from drycloud import check

SENDS = ("PutObject", "CopyObject", "CreateMultipartUpload")


def folder_files(given, files_before):
    """The digest of each file in the folder, by its path inside the folder."""
    start = f"{given.folder}/"
    files = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not files:
        raise LookupError("the scene left no file in the folder")
    return {path: hashlib.sha256(file.data).hexdigest() for path, file in files.items()}


def unchanged(before, given, files_before):
    """The objects of the earlier backup whose files have not changed."""
    files = folder_files(given, files_before)
    return [old for key, old in before.objects(given.bucket).items() if files.get(key) == old.sha256]


def lost(after, objects):
    """The objects whose content no version of their key has any more."""
    if not objects:
        raise LookupError("the scene's backup held no such object")
    return [old for old in objects if old.sha256 not in [v.sha256 for v in versions(after, old)]]


def versions(after, old):
    """The versions of an object."""
    return [v for v in after.versions(old.bucket, old.key) if v.key == old.key]


def new_files(before, given, files_before):
    """The files that are new or have changed since the earlier backup: their digests, by their path."""
    old = before.objects(given.bucket)
    return {k: v for k, v in folder_files(given, files_before).items() if k not in old or old[k].sha256 != v}


@check(points=1)
def test_something_was_sent(before, after, given, files_before):
    """Your code uploaded a new or changed file of the folder to a bucket, under any key."""
    wanted, now = new_files(before, given, files_before), after.objects(given.bucket)
    old = {each.sha256 for name in before.ids("Bucket") for each in before.objects(name).values()}
    arrived = {each.sha256 for name in after.ids("Bucket") for each in after.objects(name).values()} - old
    assert not arrived.isdisjoint(wanted.values()), (
        "Objects have the keys of new files, but not the same bytes. Did your code read the files as text?"
        if any(key in now and key not in before.objects(given.bucket) for key in wanted)
        else "The backup does not contain any new or changed file of the folder yet."
    )


@check(points=1, needs=test_something_was_sent)
def test_nothing_else_changed(before, after, given, files, files_before):
    """The folder and all other buckets are unchanged."""
    own = [before.bucket(given.bucket), *before.inside(given.bucket)]
    changes = after.changes_since(before, but=own)
    assert not changes, f"Your code changed something besides the backup: {changes[0]} (in total: {len(changes)})."
    left = after.costs_since(before, but=[*after.objects(given.bucket).values(), *after.versions(given.bucket)])
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"Your code changed or deleted the file {altered[0]!r} on the disk (in total: {len(altered)})."


@check(points=2, needs=test_something_was_sent)
def test_only_changes_were_sent(before, after, given, files_before, trail):
    """Your code uploaded each new or changed file once, and no other file."""
    same = unchanged(before, given, files_before)
    if not same or not trail:
        raise LookupError("the scene left no unchanged file, or no call was recorded")
    calls = [call.parameters for call in trail if call.operation in SENDS and not call.error]
    sent = {call.get("Key") for call in calls if call.get("Bucket") == given.bucket}
    new = {each.sha256 for each in after.versions(given.bucket) if each not in before}
    again = [old.key for old in same if old.key in sent or old.sha256 in new]
    assert not again, (
        f"Your code uploaded the file {again[0]!r}, which had not changed (such files: {len(again)} of {len(same)}). "
        "Which two values does your code compare? Are they equal, character by character?"
    )
    had = before.objects(given.bucket)
    counts = {key: len(held(after, given, key)) - (key in had) for key in new_files(before, given, files_before)}
    twice = [key for key in sorted(counts) if counts[key] > 1]
    assert not twice, (
        f"Your code created {counts[twice[0]]} versions of the file {twice[0]!r} instead of one (such files: "
        f"{len(twice)}). S3 stores each version in full, and you pay for it."
    )


def held(after, given, key):
    """The versions of a key without its delete markers."""
    return [v for v in after.versions(given.bucket, key) if v.key == key and not v.is_delete_marker]


@check(points=2, needs=test_something_was_sent)
def test_old_versions_are_kept(before, after, given, files_before):
    """The old content of each changed file can still be downloaded."""
    files = folder_files(given, files_before)
    changed = [old for key, old in before.objects(given.bucket).items() if files.get(key, old.sha256) != old.sha256]
    gone = lost(after, changed)
    assert not gone, (
        f"The old content of {gone[0].key!r} is lost (in total: {len(gone)} of {len(changed)} changed files). "
        "Was versioning enabled when your code uploaded the new content?"
    )


@check(points=1, needs=test_something_was_sent)
def test_deleted_files_are_kept(before, after, given, files_before):
    """The old content of each deleted file can still be downloaded."""
    files = folder_files(given, files_before)
    deleted = [old for key, old in before.objects(given.bucket).items() if key not in files]
    gone = lost(after, deleted)
    assert not gone, (
        f"{gone[0].key!r}, which is no longer in the folder, is lost in the backup too (in total: {len(gone)} of "
        f"{len(deleted)}). If somebody deleted it by mistake, they need it back."
    )
