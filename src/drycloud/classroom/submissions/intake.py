"""Submissions: a folder with one folder for each student."""

import os
import re
import stat
from pathlib import Path

from drycloud.classroom.submissions.claims import claims_in, squeezed
from drycloud.course import Assignment, Course
from drycloud.grading.works import Work

MAX_STUDENTS = 5000
MAX_NAME = 128  # what nbgrader's gradebook holds
_UNWANTED = set("/\\*?[]<>")  # nbgrader reads these as patterns or parts of a name, and formgrader shows them as a tag
_EXCHANGED = re.compile(r"\+[a-z0-9_]+\+\d{4}-\d\d-\d\d ")  # STUDENT+ASSIGNMENT+TIME+RANDOM

NO_FOLDER = "a file where a folder is expected"

Submissions = list[tuple[str, dict[str, Work]]]


def submissions_in(folder: Path, course: Course, assignment: Assignment) -> Submissions:
    """(student, {step: work}) for each student's folder in `folder`, in the order of their names.

    `claims` says which file counts for which step. Where DIR/STUDENT or DIR/STUDENT/A is a
    link, that stands for each step: it leads to work that may be somebody else's, and is refused when it is read.
    `left_out` tells what is not read, and what is read elsewhere.
    """
    found = [(name, works_of(folder / name, course, assignment)) for name in students_in(folder, assignment)]
    return [(name, works) for name, works in found if works or state_of(folder / name / assignment.name) == "there"]


def works_of(folder: Path, course: Course, assignment: Assignment) -> dict[str, Work]:
    """What counts for each step in a student's folder."""
    if state_of(folder) != "there":
        return {}
    if link := link_in(folder, assignment.name):
        return {step.name: Work(step.name, link) for step in assignment.steps}
    return claims_in(folder, course, assignment).works


def link_in(folder: Path, assignment: str) -> Path | None:
    """The student's folder or the assignment's folder in it, if it is a link; it is then refused as a whole."""
    return next((path for path in (folder, folder / assignment) if path.is_symlink()), None)


def unlinked(path: Path) -> Path:
    """`path` of DIR/STUDENT/A/STEP.ipynb, or that one of its two folders that is a link."""
    return next((above for above in (path.parent.parent, path.parent) if above.is_symlink()), path)


def is_student(name: str) -> bool:
    """Whether a name can be a student's: in any script, but printable, and not a path or pattern."""
    return not why_no_student(name)


def why_no_student(name: str) -> str:
    """Why a name cannot be a student's, as the rest of a sentence about it; empty if it can."""
    if not name:
        return "is empty"
    if len(name) > MAX_NAME:
        return f"is longer than {MAX_NAME} characters"
    if name.startswith("."):
        return "begins with a dot"
    if name.strip() != name:
        return "begins or ends with a space"
    if _EXCHANGED.search(name):
        return "is that of a submission in nbgrader's exchange (collect it)"
    if strange := next((sign for sign in name if sign in _UNWANTED or not sign.isprintable()), None):
        return f"holds {repr(strange) if strange.isprintable() else f'U+{ord(strange):04X}'}, which is not allowed"
    return ""


def students_in(folder: Path, assignment: Assignment) -> list[str]:
    """The folders that are students'; a link, or a folder named like the assignment, counts if it leads to work."""
    named = [
        name
        for name in folders_in(folder)
        if is_student(name)
        and (
            (not (folder / name).is_symlink() and squeezed(name) != squeezed(assignment.name))
            or state_of(folder / name / assignment.name) == "there"
        )
    ]
    return named[:MAX_STUDENTS]


def folders_in(folder: Path) -> list[str]:
    """The names of folders and of links to folders, sorted, without hidden ones."""
    with os.scandir(folder) as entries:
        seen = [Path(entry.path) for entry in entries if not entry.name.startswith(".")]
    return sorted(path.name for path in seen if state_of(path) not in ("missing", NO_FOLDER))


def visible_in(folder: Path) -> list[str]:
    """The names of all that is not hidden, sorted; empty if the folder is missing or cannot be read."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def state_of(folder: Path) -> str:
    """'there', 'missing', or why this folder cannot be read."""
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not is_folder:
        return NO_FOLDER
    return "there" if os.access(folder, os.R_OK | os.X_OK) else "cannot be read: Permission denied"
