"""Files among the submissions that are not graded, or were found in another place, with the reason.

Data, pictures and hidden files are not reported. A notebook whose name is not that of a step, or in an archive,
which is not unpacked, may decide a whole mark; so may a folder that cannot be read.
"""

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from drycloud.classroom.submissions.carried import TIMESTAMP, arrival_in
from drycloud.classroom.submissions.claims import claims_in
from drycloud.classroom.submissions.intake import (
    MAX_STUDENTS,
    folders_in,
    link_in,
    state_of,
    students_in,
    visible_in,
    why_no_student,
)
from drycloud.classroom.submissions.one_line import listed
from drycloud.course import Assignment, Course

LeftOut = dict[str, list[str]]  # a reason, and the names that it concerns

NO_STUDENT = "no folder of a student: work counts as STUDENT/{assignment}/STEP with .ipynb, .py or .sh"
HIDDEN = "a hidden folder, which is no student's"
TOO_MANY = f"more than {MAX_STUDENTS} folders: grade them in parts"
NO_TIME = "a time of arrival that cannot be read: not counted as late"
ALIKE = "names that differ only in case or in how their letters are encoded: the same student?"


def left_out(folder: Path, course: Course, assignment: Assignment) -> LeftOut:
    """The reasons, in a fixed order, with the names that they concern."""
    found = defaultdict[str, list[str]](list)
    for reason, name in _of_folder(folder, assignment):
        found[reason].append(name)
    for student in students_in(folder, assignment):
        for reason, name in _of_student(folder / student, course, assignment):
            found[reason].append(name)
    return {reason.format(assignment=assignment.name): names for reason, names in found.items()}


def unaccounted(folder: Path, course: Course, assignment: Assignment) -> list[str]:
    """What lies in a folder of submissions and is not where work counts, a line for each reason."""
    return [f"{folder}: {listed(names)}: {reason}" for reason, names in left_out(folder, course, assignment).items()]


def alike(names: Iterable[str]) -> list[str]:
    """The names that differ only in case or encoding, equal ones next to each other."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        groups[unicodedata.normalize("NFKC", name).casefold()].append(name)
    return [name for group in groups.values() if len(group) > 1 for name in group]


def _of_folder(folder: Path, assignment: Assignment) -> Iterator[tuple[str, str]]:
    students = set(students_in(folder, assignment))
    folders = folders_in(folder)
    for name in visible_in(folder):
        if name not in students:
            why = why_no_student(name) if name in folders else ""
            too_many = not why and name in folders and state_of(folder / name / assignment.name) == "there"
            yield (f"a student's name that {why}" if why else TOO_MANY if too_many else NO_STUDENT), name
    for name in sorted(path.name for path in folder.glob(".*")):
        if state_of(folder / name / assignment.name) == "there":
            yield HIDDEN, name


def _of_student(folder: Path, course: Course, assignment: Assignment) -> Iterator[tuple[str, str]]:
    student, work = folder.name, folder / assignment.name
    if (state := state_of(work)) not in ("there", "missing"):
        yield state, f"{student}/{assignment.name}" if state_of(folder) == "there" else student
    if state_of(folder) == "there" and not link_in(folder, assignment.name):
        messages = claims_in(folder, course, assignment).messages
        yield from ((reason, f"{student}/{name}") for reason, name in messages)
    if os.path.lexists(work / TIMESTAMP) and arrival_in(work) is None:
        yield NO_TIME, f"{student}/{assignment.name}/{TIMESTAMP}"
