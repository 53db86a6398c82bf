"""Hidden checks of 04_s3/backup: what was sent and what is kept, file by file, against the earlier backup."""

import hashlib

from drycloud import check

SENDS = ("PutObject", "CopyObject", "CreateMultipartUpload")


def folder_files(given, files_before):
    """The digest of each file of the folder, by its path inside it."""
    start = f"{given.folder}/"
    files = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not files:
        raise LookupError("the scene left no file in the folder")
    return {path: hashlib.sha256(file.data).hexdigest() for path, file in files.items()}


def unchanged(before, given, files_before):
    """The objects of the earlier backup whose files are as they were."""
    files = folder_files(given, files_before)
    return [old for key, old in before.objects(given.bucket).items() if files.get(key) == old.sha256]


def lost(after, objects):
    """Those of the objects whose content can no longer be fetched under their key, by no version."""
    if not objects:
        raise LookupError("the scene's backup held no such object")
    return [old for old in objects if old.sha256 not in [v.sha256 for v in versions(after, old)]]


def versions(after, old):
    """The versions of an object."""
    return [v for v in after.versions(old.bucket, old.key) if v.key == old.key]


@check(points=1)
def test_nothing_else_changed(before, after, given, files, files_before):
    """Something was sent, and the folder and all other buckets are as they were."""
    old, now, wanted = before.objects(given.bucket), after.objects(given.bucket), folder_files(given, files_before)
    arrived = [key for key in now if key in wanted and now[key].sha256 == wanted[key]]
    assert [key for key in arrived if key not in old or old[key].sha256 != wanted[key]], (
        "No new and no changed file of the folder has arrived in the bucket yet. "
        "Compare your keys with those of the earlier backup: is the folder's own name in them?"
    )
    own = [before.bucket(given.bucket), *before.inside(given.bucket)]
    changes = after.changes_since(before, but=own)
    assert not changes, f"Your code changed something besides the backup: {changes[0]} (in all: {len(changes)})."
    left = after.costs_since(before, but=[*after.objects(given.bucket).values(), *after.versions(given.bucket)])
    assert not left, f"Your code left something besides the backup that costs money: {left[0]} (in all: {len(left)})."
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"The file {altered[0]!r} on the disk is not as it was (in all: {len(altered)})."


@check(points=2, needs=test_nothing_else_changed)
def test_only_changes_were_sent(before, after, given, files_before, trail):
    """No file was sent that had not changed."""
    same = unchanged(before, given, files_before)
    if not same or not trail:
        raise LookupError("the scene left no unchanged file, or no call was recorded")
    sent = {call.parameters.get("Key") for call in trail if call.operation in SENDS and not call.error}
    new = {version.sha256 for version in after.made_since(before, "ObjectVersion")}
    again = [old.key for old in same if old.key in sent or old.sha256 in new]
    assert not again, (
        f"The file {again[0]!r} was sent, although the backup held it as it is (such files in all: {len(again)} of "
        f"{len(same)}). What did your code compare, and were the two alike, letter by letter?"
    )


@check(points=2, needs=test_nothing_else_changed)
def test_old_versions_are_kept(before, after, given, files_before):
    """What the backup held for a changed file can still be fetched."""
    files = folder_files(given, files_before)
    changed = [old for key, old in before.objects(given.bucket).items() if files.get(key, old.sha256) != old.sha256]
    gone = lost(after, changed)
    assert not gone, (
        f"The old content of {gone[0].key!r} is lost (in all: {len(gone)} of {len(changed)} changed files). "
        "Was versioning on when the new one was sent?"
    )


@check(points=1, needs=test_nothing_else_changed)
def test_deleted_files_are_kept(before, after, given, files_before):
    """What the backup held for a file that was deleted can still be fetched."""
    files = folder_files(given, files_before)
    deleted = [old for key, old in before.objects(given.bucket).items() if key not in files]
    gone = lost(after, deleted)
    assert not gone, (
        f"{gone[0].key!r}, which is no longer in the folder, is lost from the backup as well (in all: {len(gone)} of "
        f"{len(deleted)}). Who deleted it by mistake wants it back."
    )
