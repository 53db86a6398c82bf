"""Marks as CSV, ours and nbgrader's own: to two decimals, and no cell is a formula, whatever a student's name."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from drycloud.classroom.gradebook.marks import Mark, known, marks, settle
from drycloud.classroom.located import Located
from drycloud.classroom.turns import alone
from drycloud.course import Course
from drycloud.errors import StoreError, UsageError

_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # the last four are full-width forms of the same characters
COLUMNS = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
           "raw_score", "late_submission_penalty", "score", "max_score")  # fmt: skip
Cell = str | float


def write_csv(path: Path, rows: Iterable[Iterable[Cell]]) -> None:
    """Write a file atomically; numbers are amounts, texts may be a student's. Raises StoreError."""
    draft = path.with_name(f".{path.name}.partial")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_cell(cell) for cell in row] for row in rows)
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=path) from None
    finally:
        draft.unlink(missing_ok=True)


def export(course: Course, assignment: str, path: Path) -> None:
    """Write the marks of an assignment: a row a student; the steps, extra credit less late penalty make the total.

    Raises UsageError if nothing of it is graded.
    """
    steps = [step.name for step in course.assignment(assignment).steps]
    with alone(course.build):
        settle(course, assignment)
        found = {mark.student: mark for mark in marks(course, assignment)}
        students, _ = known(course, assignment)
    if not found:
        raise UsageError(f"nothing of {assignment} is graded", hint=f"run 'drycloud grade {assignment}' first")
    head = ["student", *steps, "extra_credit", "late_penalty", "total", "max", "waiting"]
    most = next(iter(found.values())).points
    write_csv(path, [head, *(_row(student, found.get(student), steps, most) for student in sorted(students))])


def _row(student: str, mark: Mark | None, steps: list[str], most: float) -> list[Cell]:
    if mark is None:
        return [student, *[""] * len(steps), "", "", 0.0, most, ""]
    earned = {step.step: step.earned for step in mark.steps}
    sums = [mark.extra_credit, mark.late_penalty, mark.score, mark.points]
    return [student, *(earned.get(step, "") for step in steps), *sums, " ".join(mark.waiting)]


class Export(ExportPlugin, Located):  # type: ignore[misc]  # nbgrader has no types
    """What `nbgrader export` writes: its own columns, with the late penalty for the current marks."""

    def export(self, gradebook: Gradebook) -> None:
        """nbgrader's entry; `to`, `assignment` and `student` are its own options."""
        course = self.course
        with alone(course.build, tell=self.log.warning):
            for assignment in course.assignments:
                settle(course, assignment.name)
            gradebook.db.expire_all()
            write_csv(Path(self.to or "grades.csv"), [COLUMNS, *self._rows(gradebook)])

    def _rows(self, gradebook: Gradebook) -> Iterator[list[Cell]]:
        assignments, students = ({str(item) for item in chosen} for chosen in (self.assignment, self.student))
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                is_wanted = not students or student.id in students
                if is_wanted and (not assignments or assignment.name in assignments):
                    yield _stock_row(gradebook, assignment, student)


def _stock_row(gradebook: Gradebook, assignment: Any, student: Any) -> list[Cell]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        timestamp, raw, penalty = submission.timestamp, submission.score, submission.late_submission_penalty
    except MissingEntry:
        timestamp, raw, penalty = None, 0.0, 0.0
    texts = [assignment.name, assignment.duedate, timestamp]
    texts += [student.id, student.last_name, student.first_name, student.email]
    numbers = [raw, penalty, max(0.0, raw - penalty), assignment.max_score]
    return [*("" if text is None else str(text) for text in texts), *map(float, numbers)]


def _cell(cell: Cell) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, which marks it as text."""
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in ("\t", "\r") else cell
