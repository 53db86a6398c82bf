"""Hidden checks of 05_cli/sync: what the bucket holds, against the folder as the scene made it."""

import hashlib
from pathlib import PurePosixPath

from drycloud import check


def folder_files(given, files_before):
    """The files of the folder, by their path inside it; the rubbish too."""
    start = f"{given.FOLDER}/"
    found = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not found:
        raise LookupError("the scene left no file in the folder")
    return found


def arrived(after, given, files_before):
    """Pairs of (object, file), for the files worth keeping that are where they belong."""
    stored = after.objects(given.BUCKET)
    files = folder_files(given, files_before)
    return [(stored[path], file) for path, file in files.items() if path in stored and not path.endswith(".tmp")]


def judged(after, given, files_before):
    """The pairs to judge, of which there has to be one."""
    pairs = arrived(after, given, files_before)
    assert pairs, _what_is_there(after, given)
    return pairs


@check(points=1)
def test_a_file_is_where_it_belongs(after, given, files_before):
    """At least one file of the folder is in your bucket, by its path inside the folder."""
    judged(after, given, files_before)


def _what_is_there(after, given):
    """In words, what stands where the folder's files should be."""
    if after.bucket(given.BUCKET) is None:
        return "There is no bucket with the name that you were given, so nothing can be in it."
    keys = list(after.objects(given.BUCKET))
    if not keys:
        return "Your bucket is empty. What did the command that should have sent the files print?"
    return f"In your bucket there is {keys[0]!r}, for example. Compare it with the keys of the example in the task."


@check(points=2, needs=test_a_file_is_where_it_belongs)
def test_nothing_else_changed(before, after, given, files, files_before):
    """What others have stored, and the files on the disk, are as they were."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed what was there before: {changes[0]} (in all: {len(changes)}). "
        "Which bucket does each of your commands name, and does one of them delete?"
    )
    stored = [*after.made_since(before, "Object"), *after.made_since(before, "ObjectVersion")]
    left = after.costs_since(before, but=stored)  # which are judged below
    assert not left, f"Your code left something that costs money and is no object: {left[0]} (in all: {len(left)})."
    if not files_before:
        raise LookupError("the scene left no file to compare")
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, (
        f"The file {altered[0]!r} on the disk is not as it was (in all: {len(altered)}). "
        "What should not be sent can be left out without deleting it."
    )


@check(points=2, needs=(test_a_file_is_where_it_belongs, test_nothing_else_changed))
def test_the_rubbish_stayed_at_home(after, given):
    """No object in your bucket ends in .tmp."""
    sent = [key for key in after.objects(given.BUCKET) if key.endswith(".tmp")]
    assert not sent, (
        f"The object {sent[0]!r} is in your bucket (such objects in all: {len(sent)}). If you gave a pattern: "
        "did it reach the command as you wrote it, and does it hold for sub-folders?"
    )


@check(points=1, needs=(test_a_file_is_where_it_belongs, test_nothing_else_changed))
def test_contents_are_the_same(after, given, files_before):
    """Each object holds exactly the bytes of its file."""
    pairs = judged(after, given, files_before)
    other = [stored for stored, file in pairs if stored.sha256 != hashlib.sha256(file.data).hexdigest()]
    assert not other, (
        f"The object {other[0].key!r} does not hold the bytes of its file (in all: {len(other)}). "
        "Was it sent from another folder, or copied from another bucket?"
    )


@check(points=1, needs=(test_a_file_is_where_it_belongs, test_nothing_else_changed))
def test_nothing_else_was_made(before, after, given, files_before):
    """No other bucket was made, and no object that is not a file of the folder."""
    buckets = [name for name in after.new_since(before, "Bucket") if name != given.BUCKET]
    assert not buckets, f"Your code made the bucket {buckets[0]!r}, which was not asked for."
    paths = folder_files(given, files_before)
    names = {PurePosixPath(path).name for path in paths}
    wanted = [path for path in paths if not path.endswith(".tmp")]
    complete = len(arrived(after, given, files_before)) == len(wanted)  # else a file under another key is no surplus
    new = after.made_since(before, "Object")
    stray = [
        stored
        for stored in new
        if stored.bucket != given.BUCKET
        or PurePosixPath(stored.key).name not in names
        or (complete and stored.key not in paths)
    ]
    assert not stray, (
        f"The object {stray[0].key!r} in the bucket {stray[0].bucket!r} is not a file of the folder, or one that is "
        f"stored already (in all: {len(stray)})."
    )
