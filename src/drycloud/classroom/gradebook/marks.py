"""Reports into nbgrader's gradebook, and feedback out of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError

from drycloud.classroom.adapter import converters
from drycloud.classroom.gradebook.autograde import clean_notebook, spread_penalty
from drycloud.classroom.gradebook.late import due_utc
from drycloud.classroom.notebooks.sources import Edited, build
from drycloud.classroom.submissions.carried import carry
from drycloud.classroom.submissions.intake import Submissions
from drycloud.classroom.turns import alone
from drycloud.course import Course
from drycloud.errors import StoreError
from drycloud.report import Frozen, Report

_INTAKE = "intake"  # the folder of the build folder in which clean notebooks wait to be autograded


class StepMark(Frozen, frozen=True):
    """A student's mark for a step in the gradebook: what counts, before a late penalty.

    `score` is the automatic mark, or a teacher's mark instead, and includes the extra credit.
    """

    step: str
    score: float
    points: float
    extra_credit: float
    late_penalty: float
    by_hand: bool
    waits: bool

    @property
    def earned(self) -> float:
        """The score without the extra credit."""
        return round(self.score - self.extra_credit, 2)


class Mark(Frozen, frozen=True):
    """A student's mark for an assignment in the gradebook, by step in the course's order and in total.

    The total, as nbgrader exports it, is not below 0, although steps may be because of negative extra credit.
    """

    student: str
    score: float
    points: float
    late_penalty: float
    extra_credit: float
    steps: list[StepMark]

    @property
    def by_step(self) -> dict[str, float]:
        """The score of each step."""
        return {step.step: step.score for step in self.steps}

    @property
    def waiting(self) -> list[str]:
        """The steps that wait for a mark by hand, or for a second look at one."""
        return [step.step for step in self.steps if step.waits]


def register(course: Course, assignment: str, edited: Edited = "refuse") -> None:
    """Make the release anew and note its cells, points and due date in the gradebook; old marks stay.

    `edited` says what happens to source notebooks that somebody edited; raises UsageError if they are refused.
    """
    with alone(course.build):
        _refuse_lost(course, assignment)
        build(course, assignment, edited)
        converters.generate_assignment(converters.settings(course, assignment))
        with _gradebook(course, assignment) as gradebook:
            gradebook.find_assignment(assignment).duedate = due_utc(course.assignment(assignment))
            gradebook.db.commit()


def _refuse_lost(course: Course, assignment: str) -> None:
    """Raises StoreError where the gradebook is gone and graded work is not: a new one has no marks by hand."""
    coursedir = CourseDirectory(config=converters.settings(course, assignment))
    if not coursedir.db_url.startswith("sqlite:///"):
        return
    file = Path(coursedir.db_url.removeprefix("sqlite:///"))
    graded = Path(coursedir.root, coursedir.autograded_directory)
    is_there = file.exists() and file.stat().st_size
    if not is_there and any(graded.glob("*/*/*.ipynb")):
        hint = f"restore it from a backup; to start again without the marks given by hand, remove {graded}"
        raise StoreError("the gradebook is gone, and with it the marks of what was graded", where=file, hint=hint)


def record(
    course: Course,
    assignment: str,
    submissions: Submissions,
    report_on: Callable[[str, str], Report],
    folder: Path | None = None,
) -> list[str]:
    """Record the marks of `report_on(student, step)` in the gradebook; returns problems of submissions, a line each.

    A step without a submission earns nothing, one without a report waits for a mark by hand. Marks and
    comments given by hand stay. `folder` contains the submissions (build/submitted), with their times of arrival.
    """
    with alone(course.build):
        register(course, assignment, "keep")
        _lay_out(course, assignment, submissions, folder or course.build / "submitted")
        if not submissions:
            return []
        config = converters.settings(course, assignment)
        config.CourseDirectory.submitted_directory = _INTAKE
        return converters.autograde(config, lambda student, _, step, __: report_on(student, step))


def feedback(course: Course, assignment: str, submissions: Submissions | None = None) -> list[str]:
    """Draw the feedback pages of an assignment below build/feedback; what went wrong, a line each.

    Each file of `submissions` must then have its page; a missing one is a problem, too.
    """
    course.assignment(assignment)
    told = []
    with alone(course.build):
        if any((course.build / "autograded").glob(f"*/{assignment}/*.ipynb")):
            told = converters.generate_feedback(converters.settings(course, assignment))
        missing = _without_page(course.build, assignment, submissions or [])
    return told + [
        f"{student}, {assignment}/{step}: there is no feedback page; grade again" for student, step in missing
    ]


def _without_page(out: Path, assignment: str, submissions: Submissions) -> list[tuple[str, str]]:
    """The students and steps whose page is missing, or outdated since its notebook does not exist any more."""
    places = (("autograded", ".ipynb"), ("feedback", ".html"))
    return [
        (student, step)
        for student, files in submissions
        for step in files
        if not all((out / tree / student / assignment / f"{step}{suffix}").exists() for tree, suffix in places)
    ]


def marks(course: Course, assignment: str) -> list[Mark]:
    """The marks of an assignment as they stand in the gradebook, those by hand included, by student."""
    order = [step.name for step in course.assignment(assignment).steps]
    with _gradebook(course, assignment) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(assignment)
        except MissingEntry:
            return []
        return sorted((_mark(submission, order) for submission in submissions), key=lambda mark: mark.student)


def settle(course: Course, assignment: str) -> None:
    """Take off what lateness costs by the marks that there are now: teachers may have given some since."""
    course.assignment(assignment)
    with _gradebook(course, assignment) as gradebook:
        try:
            students = [submission.student.id for submission in gradebook.assignment_submissions(assignment)]
        except MissingEntry:
            return
        place = {"assignment": assignment, "db_url": gradebook.engine.url.render_as_string(hide_password=False)}
    for student in students:
        spread_penalty(course, {**place, "student": student})


def known(course: Course, assignment: str) -> tuple[set[str], set[str]]:
    """The students of the gradebook, and those among them for whom a submission of the assignment is noted."""
    course.assignment(assignment)
    with _gradebook(course, assignment) as gradebook:
        students = {student.id for student in gradebook.students}
        try:
            return students, {submission.student.id for submission in gradebook.assignment_submissions(assignment)}
        except MissingEntry:
            return students, set()


def _mark(submission: Any, order: list[str]) -> Mark:
    """Amounts are rounded only at the end, so sums equal nbgrader's."""
    steps = sorted(map(_step_mark, submission.notebooks), key=lambda mark: _place(mark.step, order))
    penalty = sum(step.late_penalty for step in steps)
    return Mark(
        student=submission.student.id,
        score=max(0.0, round(sum(notebook.score for notebook in submission.notebooks) - penalty, 2)),
        points=round(sum(notebook.max_score for notebook in submission.notebooks), 2),
        late_penalty=round(penalty, 2),
        extra_credit=round(sum(step.extra_credit for step in steps), 2),
        steps=steps,
    )


def _step_mark(notebook: Any) -> StepMark:
    return StepMark(
        step=notebook.name,
        score=round(notebook.score, 2),
        points=round(notebook.max_score, 2),
        extra_credit=round(sum(grade.extra_credit or 0.0 for grade in notebook.grades), 2),
        late_penalty=round(notebook.late_submission_penalty or 0.0, 2),
        by_hand=any(grade.manual_score is not None for grade in notebook.grades),
        waits=bool(notebook.needs_manual_grade),
    )


def _place(step: str, order: list[str]) -> tuple[int, str]:
    """The position of a step; one that was removed from course.yml comes last."""
    return (order.index(step) if step in order else len(order), step)


def _lay_out(course: Course, assignment: str, submissions: Submissions, arrived: Path) -> None:
    """Write each student's clean notebooks into the folder that is autograded, and nothing else of theirs."""
    intake = course.build / _INTAKE
    try:
        if intake.exists():  # files of an earlier run must not be graded
            shutil.rmtree(intake)
        for student, files in submissions:
            folder = intake / student / assignment
            folder.mkdir(parents=True)
            for step, work in files.items():
                notebook = clean_notebook(course, assignment, step, work.path)
                (folder / f"{step}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
            carry(arrived / student / assignment, folder)
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=intake) from None


@contextmanager
def _gradebook(course: Course, assignment: str) -> Iterator[Gradebook]:
    db_url = CourseDirectory(config=converters.settings(course, assignment)).db_url
    try:
        with converters.listening(), Gradebook(db_url) as gradebook:
            yield gradebook
    except (SQLAlchemyError, InvalidEntry) as error:  # the latter is nbgrader's for a database that refuses
        raise converters.store_error(str(error), course.build, db_url) from None
