"""Hidden checks of 05_cli/sync: they compare the objects in the bucket with the folder that the scene created."""

import hashlib
from collections import Counter
from pathlib import PurePosixPath

from drycloud import check


def folder_files(given, files_before):
    """The files in the folder, by their path inside the folder; also the temporary files."""
    start = f"{given.FOLDER}/"
    found = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not found:
        raise LookupError("the scene left no file in the folder")
    return found


def made(before, after, given):
    """The bucket to judge: the one with the given name, or else the only one that the code created."""
    new = after.new_since(before, "Bucket")
    return given.BUCKET if after.bucket(given.BUCKET) or len(new) != 1 else new[0]


def sent(before, after, given, files_before):
    """Pairs of (object, file) for the files to upload that are in the bucket: by their path, or, if most keys begin
    with something else, such as the folder's name, by that and their path."""
    stored = after.objects(made(before, after, given))
    files = {path: file for path, file in folder_files(given, files_before).items() if not path.endswith(".tmp")}
    starts = Counter(key.removesuffix(path) for key in stored for path in files if key.endswith(path))
    start = max(starts, key=lambda start: (starts[start], start == ""), default="")
    return [(stored[start + path], file) for path, file in files.items() if start + path in stored]


@check(points=1)
def test_a_file_was_sent(before, after, given, files_before):
    """At least one file of the folder is in your bucket, under any key."""
    assert sent(before, after, given, files_before), _what_is_there(before, after, given)


def _what_is_there(before, after, given):
    """A message that says what is there instead of the folder's files."""
    bucket = made(before, after, given)
    if after.bucket(bucket) is None:
        return "There is no bucket with the given name."
    keys = list(after.objects(bucket))
    if not keys:
        return "Your bucket is empty. What did the command print that should upload the files?"
    return f"Your bucket contains, for example, {keys[0]!r}. Compare it with the keys of the example in the task."


@check(points=2, needs=test_a_file_was_sent)
def test_nothing_else_changed(before, after, given, files, files_before):
    """The buckets and objects of others, and the files on the disk, are unchanged."""
    changes = after.changes_since(before)
    assert not changes, (
        f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)}). "
        "Which bucket does each of your commands use, and does one of them delete objects?"
    )
    stored = [*after.made_since(before, "Object"), *after.made_since(before, "ObjectVersion")]
    left = after.costs_since(before, but=stored)  # other checks judge these
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."
    if not files_before:
        raise LookupError("the scene left no file to compare")
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, (
        f"Your code changed or deleted the file {altered[0]!r} on the disk (in total: {len(altered)}). "
        "You can leave out files without deleting them."
    )


@check(points=2, needs=test_a_file_was_sent)
def test_the_rubbish_stayed_at_home(before, after, given):
    """No key in your bucket ends in .tmp."""
    rubbish = [key for key in after.objects(made(before, after, given)) if key.endswith(".tmp")]
    assert not rubbish, (
        f"The object {rubbish[0]!r} is in your bucket (such objects: {len(rubbish)}). If you used a pattern: did the "
        "shell pass it to the command unchanged, and does it match files in sub-folders?"
    )


@check(points=1, needs=test_a_file_was_sent)
def test_contents_are_the_same(before, after, given, files_before):
    """Each object contains exactly the bytes of its file."""
    pairs = sent(before, after, given, files_before)
    assert pairs, "There is no object to compare with its file."
    other = [stored for stored, file in pairs if stored.sha256 != hashlib.sha256(file.data).hexdigest()]
    assert not other, (
        f"The object {other[0].key!r} does not contain the bytes of its file (in total: {len(other)}). "
        "Did your code upload it from another folder, or copy it from another bucket?"
    )


@check(points=1, needs=test_a_file_was_sent)
def test_nothing_else_was_made(before, after, given, files_before):
    """Your code created no other bucket, and no object that is not a file of the folder."""
    buckets = [name for name in after.new_since(before, "Bucket") if name != given.BUCKET]
    assert not buckets, f"Your code created the bucket {buckets[0]!r}, which the task does not ask for."
    paths = folder_files(given, files_before)
    names = {PurePosixPath(path).name for path in paths}
    wanted = {path for path in paths if not path.endswith(".tmp")}
    complete = wanted <= after.objects(given.BUCKET).keys()  # else a file under a wrong key is not an extra file
    new = after.made_since(before, "Object")
    stray = [
        stored
        for stored in new
        if stored.bucket != made(before, after, given)
        or PurePosixPath(stored.key).name not in names
        or (complete and stored.key not in paths)
    ]
    assert not stray, (
        f"The object {stray[0].key!r} in the bucket {stray[0].bucket!r} is not a file of the folder, or is stored "
        f"twice (in total: {len(stray)})."
    )
