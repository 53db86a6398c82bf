"""What was handed in: a folder with one folder for each student."""

import os
from pathlib import Path

from drycloud.course import Assignment
from drycloud.lab.guard import MARKER
from drycloud.notebook.intake import SUFFIXES

MAX_STUDENTS = 5000
MAX_NAME = 128  # what nbgrader's gradebook holds
_UNWANTED = set("/\\*?[]<>")  # what nbgrader takes for patterns or parts of a name, and what formgrader shows as a tag
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")

Submissions = list[tuple[str, dict[str, Path]]]


def submissions_in(folder: Path, assignment: Assignment) -> Submissions:
    """(student, {step: file}) for each student's folder `folder`/<student>/<A>, in the order of their names.

    A step's file is named after it, with .ipynb, .py or .sh; of several, the notebook counts, then the .py.
    Where one of the folders is a link, that link stands for each step: it leads to work that may be somebody else's,
    and is refused when it is read. Folders whose names cannot be a student's are left out; `strays_in` tells them.
    """
    return [
        (entry, _steps_in(folder / entry / assignment.name, assignment))
        for entry in _students(folder, assignment)
        if (folder / entry / assignment.name).is_dir()
    ]


def unlinked(path: Path) -> Path:
    """`path` of DIR/STUDENT/A/STEP.ipynb, or the link among its two folders."""
    return next((above for above in (path.parent.parent, path.parent) if above.is_symlink()), path)


def strays_in(folder: Path, assignment: Assignment) -> list[str]:
    """What `submissions_in` leaves out, printable: names that are no student's, and work that belongs to no step.

    Hidden files and files that no step could have (data, pictures) are nobody's mistake; a notebook beside the
    place where it counts, under another name, or in an archive, which nobody unpacks, may be a whole mark.
    """
    students = _students(folder, assignment)
    counted = {f"{step.name}{suffix}" for step in assignment.steps for suffix in SUFFIXES} | {MARKER}
    found = [(0, entry) for entry in _visible(folder) if entry not in students]
    for student in students:
        work = folder / student / assignment.name
        if unlinked(work / "any").is_symlink():  # refused as a whole
            continue
        beside = [f"{student}/{name}" for name in _visible(folder / student) if _may_be_work(name)]
        inside = [name for name in _visible(work) if name not in counted and _may_be_work(name)]
        found += enumerate([*beside, *(f"{student}/{assignment.name}/{name}" for name in inside)])
    # Everybody's first, then everybody's second: nobody's thousand files hide another's one.
    return [ascii(name) for _, name in sorted(found, key=lambda one: one[0])]


def is_student(name: str) -> bool:
    """Whether a name can be a student's: in any script, but printable, and no path or pattern."""
    return not why_no_student(name)


def why_no_student(name: str) -> str:
    """What keeps a name from being a student's, as the rest of a sentence about it; empty where nothing does."""
    if not name:
        return "is empty"
    if len(name) > MAX_NAME:
        return f"is longer than {MAX_NAME} characters"
    if name.startswith("."):
        return "begins with a dot"
    if name.strip() != name:
        return "begins or ends with a space"
    if strange := next((sign for sign in name if sign in _UNWANTED or not sign.isprintable()), None):
        return f"holds {repr(strange) if strange.isprintable() else f'U+{ord(strange):04X}'}, which is not allowed"
    return ""


def _students(folder: Path, assignment: Assignment) -> list[str]:
    """The folders that are students'; a link is one where it leads to work."""
    return [
        entry
        for entry in _folders(folder)
        if is_student(entry) and (not (folder / entry).is_symlink() or (folder / entry / assignment.name).is_dir())
    ]


def _may_be_work(name: str) -> bool:
    return name.lower().endswith((*SUFFIXES, *_ARCHIVES))


def _folders(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        named = [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    return sorted(named)[:MAX_STUDENTS]


def _visible(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))[:MAX_STUDENTS]
    except OSError:  # it need not be there
        return []


def _steps_in(folder: Path, assignment: Assignment) -> dict[str, Path]:
    if (link := unlinked(folder / "any")).is_symlink():
        return {step.name: link for step in assignment.steps}
    found = {}
    for step in assignment.steps:
        there = [folder / f"{step.name}{suffix}" for suffix in SUFFIXES]
        first = next((path for path in there if os.path.lexists(path)), None)
        if first:
            found[step.name] = first
    return found
