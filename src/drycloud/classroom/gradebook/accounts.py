"""Who is accounted for at the end of a run: everything that came in, and every student whom the gradebook knows."""

from pathlib import Path

from drycloud.classroom.gradebook.marks import known
from drycloud.classroom.submissions.intake import Submissions, students_in
from drycloud.classroom.submissions.left_out import ALIKE, alike
from drycloud.classroom.submissions.one_line import listed
from drycloud.course import Assignment, Course

VANISHED = "graded before, and not here now: the marks in the gradebook stay as they are"
NOTHING = "handed in nothing, and nothing is noted for them in the gradebook"


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
