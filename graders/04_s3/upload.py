"""Hidden checks of 04_s3/upload: they compare the stored objects with the folder that the scene created."""

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
    """The files in the folder, by their path inside the folder."""
    start = f"{given.folder}/"
    found = {name.removeprefix(start): file for name, file in files_before.items() if name.startswith(start)}
    if not found:
        raise LookupError("the scene left no file in the folder")
    return found


def sent(before, after, given, files_before):
    """Pairs of (object, file), for the files of the folder that your code stored.

    By prefix and path; or, if most keys begin with something else than the prefix, by that and the path.
    """
    files, changed = folder_files(given, files_before), stored_by(before, after, given)
    starts = Counter(key.removesuffix(path) for key in changed for path in files if key.endswith(path))
    start = max(starts, key=lambda start: (starts[start], start == given.prefix), default="")
    return [(changed[start + path], file) for path, file in files.items() if start + path in changed]


def stored_by(before, after, given):
    """The objects that the code stored: in the given bucket, or if there is none, in others."""
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
    """Your code uploaded at least one file of the folder, under any key."""
    assert sent(before, after, given, files_before), (
        "No object that your code stored has a key that ends in the path of a file inside the folder."
    )


@check(points=1, needs=test_a_file_was_sent)
def test_nothing_else_changed(before, after, given, files, files_before):
    """Everything that was stored before, and the folder on the disk, are unchanged."""
    changes = after.changes_since(before, but=[before.bucket(given.bucket)])
    assert not changes, f"Your code changed something that was there before: {changes[0]} (in total: {len(changes)})."
    stored = [*after.made_since(before, "Object"), *after.made_since(before, "ObjectVersion")]
    left = after.costs_since(before, but=stored)  # other checks judge these
    assert not left, f"Your code also left something else that costs money: {left[0]} (in total: {len(left)})."
    altered = [name for name, file in files_before.items() if name not in files or files[name].data != file.data]
    assert not altered, f"Your code changed or deleted the file {altered[0]!r} on the disk. An upload is only a copy."


@check(points=2, needs=test_a_file_was_sent)
def test_contents_are_the_same(before, after, given, files_before):
    """Each object contains exactly the bytes of its file."""
    pairs = sent(before, after, given, files_before)
    assert pairs, "There is no object to compare with its file."
    other = [stored for stored, file in pairs if stored.sha256 != hashlib.sha256(file.data).hexdigest()]
    assert not other, (
        f"The object {other[0].key!r} does not contain the bytes of its file (in total: {len(other)}). "
        "Did your code read the file as text, or store another file under this key?"
    )


@check(points=1, needs=test_a_file_was_sent)
def test_content_types_are_right(before, after, given, files_before):
    """Each object has the right content type for its file extension."""
    pairs = sent(before, after, given, files_before)
    assert pairs, "There is no object whose content type could be checked."
    other = [stored for stored, _ in pairs if not has_right_type(stored)]
    assert not other, (
        f"The object {other[0].key!r} has the content type {other[0].content_type!r} (wrong in total: {len(other)}). "
        "The table in the lesson shows the right content type for each file extension."
    )


def has_right_type(stored):
    """Whether the type fits the extension; a character set after it, as in 'text/csv; charset=utf-8', is allowed."""
    return stored.content_type.split(";")[0].strip().lower() == TYPES[PurePosixPath(stored.key).suffix]


@check(points=1, needs=test_a_file_was_sent)
def test_only_files_of_the_folder_are_uploaded(before, after, given, files_before):
    """Your code uploaded only files of the folder."""
    paths = folder_files(given, files_before)
    keys, names = {given.prefix + path for path in paths}, {PurePosixPath(path).name for path in paths}
    complete = keys <= after.objects(given.bucket).keys()  # else a file under a wrong key is not an extra file
    new = after.made_since(before, "Object")
    stray = [
        stored.key
        for stored in new
        if stored.bucket != given.bucket
        or PurePosixPath(stored.key).name not in names
        or (complete and stored.key not in keys)
    ]
    assert not stray, (
        f"The object {stray[0]!r} is not a file of the folder, or is stored twice (in total: {len(stray)})."
    )
