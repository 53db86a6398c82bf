"""Accounts at the end of a run for everything that was handed in, and for every student in the gradebook."""

from pathlib import Path

from drycloud.classroom.gradebook.marks import known
from drycloud.classroom.submissions.intake import Submissions, students_in
from drycloud.classroom.submissions.left_out import ALIKE, alike
from drycloud.classroom.submissions.one_line import listed
from drycloud.course import Assignment, Course

VANISHED = "graded before, and missing now: the marks in the gradebook are kept"
NOTHING = "handed in nothing, and the gradebook has nothing for them"


def absent(course: Course, assignment: Assignment, folder: Path, found: Submissions) -> list[str]:
    """The students who are not among those that were graded, a line for each reason; and who may be twice there."""
    roster, noted = known(course, assignment.name)
    graded = {student for student, _ in found}
    here = set(students_in(folder, assignment)) if folder.is_dir() else set[str]()
    kinds = {
        VANISHED: sorted(noted - graded),
        NOTHING: sorted((roster | here) - graded - noted),
        ALIKE: [name if name.isascii() else ascii(name) for name in alike(roster | here)],
    }
    return [f"{folder}: {listed(names)}: {reason}" for reason, names in kinds.items() if names]
