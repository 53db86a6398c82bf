"""The working directory as checks see it: files are read only when a check requests them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from drycloud.grading.evidence import File, unreadable
from drycloud.lab.guard import ENVIRONMENT
from drycloud.limits import Limits

# Grading starts in an empty folder. These are folders of tools, which no task uses;
# a virtual environment has more files than all others together. Hidden folders are left out in grading too.
_NOT_WALKED = ("__pycache__", "node_modules", "site-packages")
_DEEPEST = 32  # levels of folders; as in grading


class WorkingFiles(Mapping[str, File]):
    """The files below `folder`, by their path in it with "/"; no link is followed.

    A name is looked up directly, so a check is quick in a folder of any size. Raises AssertionError for a
    file that exists and cannot be read: this fails the check that reads it, with the reason.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def __getitem__(self, name: str) -> File:
        entry = self._entry(name)
        if entry is None:
            raise KeyError(name)
        try:
            return File(Path(entry.path).read_bytes(), entry.stat(follow_symlinks=False).st_mode & 0o7777)
        except OSError as error:
            raise unreadable(name, error.strerror or str(error)) from None

    def __contains__(self, name: object) -> bool:
        return self._entry(name) is not None

    def __iter__(self) -> Iterator[str]:
        return (Path(entry.path).relative_to(self.folder).as_posix() for entry in _walk(str(self.folder)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def surplus(self, limits: Limits) -> str:
        """A warning if there is more than grading reads after a run; else ''."""
        room = limits.disk_mib * 1024**2
        for number, entry in enumerate(_walk(str(self.folder)), start=1):
            with suppress(OSError):  # it was removed meanwhile
                room -= entry.stat(follow_symlinks=False).st_size
            if number > limits.files or room < 0:
                return (
                    f"There are more than {limits.files} files or {limits.disk_mib} MiB in this folder. Your work is "
                    "graded in an empty one: should your code make as much, not all of it is looked at."
                )
        return ""

    def _entry(self, name: object) -> "os.DirEntry[str] | None":
        """The file of that name, with exactly that spelling: some file systems ignore case."""
        *folders, last = name.split("/") if isinstance(name, str) else [""]
        place = str(self.folder)
        for part in folders:
            found = _named(place, part)
            if found is None or not _is_walked(found):
                return None
            place = found.path
        entry = _named(place, last)
        return entry if entry is not None and entry.is_file(follow_symlinks=False) else None


def _named(folder: str, name: str) -> "os.DirEntry[str] | None":
    return next((entry for entry in _entries(folder) if entry.name == name), None)


def _walk(folder: str, depth: int = _DEEPEST) -> "Iterator[os.DirEntry[str]]":
    for entry in sorted(_entries(folder), key=lambda entry: entry.name):
        if entry.is_file(follow_symlinks=False):
            yield entry
        elif depth and _is_walked(entry):
            yield from _walk(entry.path, depth - 1)


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # it cannot be read, or was removed
        return []


def _is_walked(entry: "os.DirEntry[str]") -> bool:
    """Whether this is a folder whose files count."""
    return (
        entry.is_dir(follow_symlinks=False)
        and not entry.name.startswith(".")
        and entry.name not in _NOT_WALKED
        and not any(Path(entry.path, mark).exists() for mark in ENVIRONMENT)
    )
