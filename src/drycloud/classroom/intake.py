"""What was handed in: a folder with one folder for each student."""

import os
from pathlib import Path

from drycloud.course import Assignment
from drycloud.notebook.intake import SUFFIXES

MAX_STUDENTS = 5000
MAX_NAME = 128  # what nbgrader's gradebook holds
_UNWANTED = set("/\\*?[]+<>")  # what nbgrader takes for patterns or parts of a name, and what formgrader shows as a tag

Submissions = list[tuple[str, dict[str, Path]]]


def submissions_in(folder: Path, assignment: Assignment) -> Submissions:
    """(student, {step: file}) for each student's folder `folder`/<student>/<A>, in the order of their names.

    A step's file is named after it, with .ipynb, .py or .sh; of several, the notebook counts, then the .py.
    Folders whose names cannot be a student's are left out; `strays_in` tells them.
    """
    return [
        (entry, _steps_in(folder / entry / assignment.name, assignment))
        for entry in _folders(folder)
        if is_student(entry) and (folder / entry / assignment.name).is_dir()
    ]


def strays_in(folder: Path, assignment: Assignment) -> list[str]:
    """What `submissions_in` leaves out, printable: names that are no student's, and work that belongs to no step.

    Hidden files and files that no step could have (data, pictures) are nobody's mistake; a notebook beside the
    place where it counts, or under another name, may be a whole mark.
    """
    students = [entry for entry in _folders(folder) if is_student(entry)]
    steps = {step.name for step in assignment.steps}
    found = [entry for entry in _visible(folder) if entry not in students]
    for student in students:
        found += [f"{student}/{name}" for name in _visible(folder / student) if name.endswith(SUFFIXES)]
        inside = [Path(name) for name in _visible(folder / student / assignment.name)]
        found += [
            f"{student}/{assignment.name}/{path}"
            for path in inside
            if path.suffix in SUFFIXES and path.stem not in steps
        ]
    return [ascii(name) for name in found]


def is_student(name: str) -> bool:
    """Whether a name can be a student's: in any script, but printable, and no path or pattern."""
    plain = name.isprintable() and name.strip() == name and not name.startswith(".")
    return 0 < len(name) <= MAX_NAME and plain and not _UNWANTED & set(name)


def _folders(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        named = [e.name for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")]
    return sorted(named)[:MAX_STUDENTS]


def _visible(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))[:MAX_STUDENTS]
    except OSError:  # it need not be there
        return []


def _steps_in(folder: Path, assignment: Assignment) -> dict[str, Path]:
    found = {}
    for step in assignment.steps:
        there = [folder / f"{step.name}{suffix}" for suffix in SUFFIXES]
        first = next((path for path in there if os.path.lexists(path)), None)
        if first:
            found[step.name] = first
    return found
