"""Hidden checks of 04_s3/upload: what was stored, against the folder as the scene made it."""

import hashlib
from collections import Counter
from pathlib import PurePosixPath

from drycloud import check

TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".png": "image/png",
    ".txt": "text/plain",
}


def folder_files(given, files_before):
    """The files of the folder, by their path inside it."""
    start = f"{given.folder}/"
    found = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not found:
        raise LookupError("the scene left no file in the folder")
    return found


def sent(before, after, given, files_before):
    """Pairs of (object, file), for the files of the folder that your code stored.

    By prefix and path; or where most keys begin with something else than the prefix, by that and the path.
    """
    files, changed = folder_files(given, files_before), stored_by(before, after, given)
    starts = Counter(key.removesuffix(path) for key in changed for path in files if key.endswith(path))
    start = max(starts, key=lambda start: (starts[start], start == given.prefix), default="")
    return [(changed[start + path], file) for path, file in files.items() if start + path in changed]


def stored_by(before, after, given):
    """The objects that the code stored: in the bucket, or where there is none, in others."""
    for names in ([given.bucket], after.ids("Bucket")):
        found = {}
        for name in names:
            old = before.objects(name)
            found |= {k: o for k, o in after.objects(name).items() if k not in old or o.sha256 != old[k].sha256}
        if found:
            return found
    return {}


@check(points=1)
def test_a_file_was_sent(before, after, given, files_before):
    """At least one file of the folder was stored, under whatever key."""
    assert sent(before, after, given, files_before), (
        "No object that your code stored has a key that ends in the path of a file inside the folder."
    )


@check(points=1, needs=test_a_file_was_sent)
def test_nothing_else_changed(before, after, given, files, files_before):
    """What was stored before, and the folder on the disk, are as they were."""
    changes = after.changes_since(before, but=[before.bucket(given.bucket)])
    assert not changes, f"Your code changed what was there before: {changes[0]} (in total: {len(changes)})."
    stored = [*after.made_since(before, "Object"), *after.made_since(before, "ObjectVersion")]
    left = after.costs_since(before, but=stored)  # which are judged below
    assert not left, f"Your code left something that costs money and is no object: {left[0]} (in total: {len(left)})."
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"The file {altered[0]!r} on the disk is not as it was. An upload is a copy: the file stays."


@check(points=2, needs=test_a_file_was_sent)
def test_contents_are_the_same(before, after, given, files_before):
    """Each object holds exactly the bytes of its file."""
    pairs = sent(before, after, given, files_before)
    assert pairs, "There is no object to compare with its file."
    other = [stored for stored, file in pairs if stored.sha256 != hashlib.sha256(file.data).hexdigest()]
    assert not other, (
        f"The object {other[0].key!r} does not hold the bytes of its file (in total: {len(other)}). "
        "Was the file read as text, or another file stored under this key?"
    )


@check(points=1, needs=test_a_file_was_sent)
def test_content_types_are_right(before, after, given, files_before):
    """Each object has the content type that goes with its file's ending."""
    pairs = sent(before, after, given, files_before)
    assert pairs, "There is no object whose content type could be looked at."
    other = [stored for stored, _ in pairs if not has_right_type(stored)]
    assert not other, (
        f"The object {other[0].key!r} has the content type {other[0].content_type!r} (wrong in all: {len(other)}). "
        "The table in the lesson says which one belongs to its ending."
    )


def has_right_type(stored):
    """Whether the type fits the ending; a character set behind it, as in 'text/csv; charset=utf-8', is welcome."""
    return stored.content_type.split(";")[0].strip().lower() == TYPES[PurePosixPath(stored.key).suffix]


@check(points=1, needs=test_a_file_was_sent)
def test_only_files_of_the_folder_are_uploaded(before, after, given, files_before):
    """Nothing was uploaded that is not in the folder."""
    paths = folder_files(given, files_before)
    keys, names = {given.prefix + path for path in paths}, {PurePosixPath(path).name for path in paths}
    complete = keys <= after.objects(given.bucket).keys()  # else a file under another key is no surplus
    new = after.made_since(before, "Object")
    stray = [
        stored.key
        for stored in new
        if stored.bucket != given.bucket
        or PurePosixPath(stored.key).name not in names
        or (complete and stored.key not in keys)
    ]
    assert not stray, (
        f"The object {stray[0]!r} is not a file of the folder, or one that is stored already (in total: {len(stray)})."
    )
