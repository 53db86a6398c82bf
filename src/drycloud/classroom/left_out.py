"""What lies where work is collected and is not graded as somebody's work, each with its reason.

Data, pictures and hidden files are nobody's mistake. A notebook in another place or under another name, or in an
archive, which nobody unpacks, may be a whole mark; so may a folder that cannot be read.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from drycloud.classroom.carried import TIMESTAMP, arrival_in
from drycloud.classroom.intake import (
    MAX_STUDENTS,
    folders_in,
    state_of,
    students_in,
    unlinked,
    visible_in,
    why_no_student,
)
from drycloud.classroom.told import listed
from drycloud.course import Assignment
from drycloud.lab.guard import MARKER
from drycloud.notebook.files import SUFFIXES

LeftOut = dict[str, list[str]]  # a reason, and the names of those whom it concerns

MAX_NESTED = 2000  # entries of one student's folder that are looked at
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|gz|bz2|xz|7z|rar)$")
_WORK = re.compile(r"\.(ipynb|py|sh)(\W|$)")

NO_STUDENT = "no folder of a student: work counts as STUDENT/{assignment}/STEP with .ipynb, .py or .sh"
HIDDEN = "a hidden folder, which is no student's"
TOO_MANY = f"more than {MAX_STUDENTS} folders: grade them in parts"
OTHER_PLACE = "not read: work counts as STUDENT/{assignment}/STEP with .ipynb, .py or .sh"
TWICE = "not read, for another file of the same step counts: the notebook first, then .py, then .sh"
CLOSED = "cannot be opened, so it earns nothing: change its permissions and grade again"
NO_TIME = "a time of arrival that cannot be read: not counted as late"
ALIKE = "names that differ only in case or in how their letters are encoded: the same student?"


def left_out(folder: Path, assignment: Assignment) -> LeftOut:
    """The reasons, in a fixed order, with the names that they concern."""
    found = defaultdict[str, list[str]](list)
    for reason, name in _of_folder(folder, assignment):
        found[reason].append(name)
    for student in students_in(folder, assignment):
        for reason, name in _of_student(folder / student, assignment):
            found[reason].append(name)
    return {reason.format(assignment=assignment.name): names for reason, names in found.items()}


def unaccounted(folder: Path, assignment: Assignment) -> list[str]:
    """What lies in a folder of submissions and is nobody's graded work, a line for each reason."""
    return [f"{folder}: {listed(names)}: {reason}" for reason, names in left_out(folder, assignment).items()]


def alike(names: Iterable[str]) -> list[str]:
    """The names among these that only their case or their encoding tells apart, those that are alike side by side."""
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


def _of_student(folder: Path, assignment: Assignment) -> Iterator[tuple[str, str]]:
    student, work = folder.name, folder / assignment.name
    if (state := state_of(work)) not in ("there", "missing"):
        yield state, f"{student}/{assignment.name}" if state_of(folder) == "there" else student
    if state == "there" and not unlinked(work / "any").is_symlink():  # such a link is refused as a whole
        yield from ((reason, f"{student}/{work.name}/{name}") for reason, name in _inside(work, assignment))
    squeezed = _squeezed(assignment.name)
    for name in visible_in(folder):
        other_case = state == "missing" and squeezed in _squeezed(name)
        if name not in (assignment.name, MARKER) and (_may_be_work(name) or other_case):
            yield OTHER_PLACE, f"{student}/{name}"


def _inside(work: Path, assignment: Assignment) -> Iterator[tuple[str, str]]:
    counted, there = {MARKER}, visible_in(work)
    for step in assignment.steps:
        named = [f"{step.name}{suffix}" for suffix in SUFFIXES if f"{step.name}{suffix}" in there]
        counted |= set(named)
        yield from ((TWICE, name) for name in named[1:])
        if named and (work / named[0]).is_file() and not os.access(work / named[0], os.R_OK):
            yield CLOSED, named[0]
    missing = [step.name for step in assignment.steps if not any(f"{step.name}{s}" in there for s in SUFFIXES)]
    for name in there:
        like_a_step = any(name.casefold().startswith(step) for step in missing)
        if name not in counted and (_may_be_work(name) or like_a_step):
            yield OTHER_PLACE, name
    yield from ((OTHER_PLACE, name) for name in _nested(work, assignment))
    if os.path.lexists(work / TIMESTAMP) and arrival_in(work) is None:
        yield NO_TIME, TIMESTAMP


def _nested(work: Path, assignment: Assignment) -> Iterator[str]:
    """Files in folders of a submission that are called like its steps; environments and hidden folders are not read."""
    named, left = {f"{step.name}{suffix}" for step in assignment.steps for suffix in SUFFIXES}, MAX_NESTED
    for place, folders, files in os.walk(work):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        if "pyvenv.cfg" in files or (left := left - len(folders) - len(files)) < 0:
            folders.clear()
        elif place != str(work):
            yield from (str(Path(place, name).relative_to(work)) for name in sorted(named & set(files)))


def _may_be_work(name: str) -> bool:
    return bool(_WORK.search(name.lower()) or _ARCHIVE.search(name.lower()))


def _squeezed(name: str) -> str:
    """A name without what people write in other ways: 02-ec2, '02 EC2' and 02_ec2 are one."""
    return re.sub(r"[\W_]", "", name.casefold())
