"""What `nbgrader autograde` does with our configuration: it gets the report from drycloud, and runs nothing.

nbgrader converts each notebook twice. First `Intake` reads the submitted file as data and makes a clean
notebook of it: the release's own cells with the student's sources in them, so that nothing that a student
did to metadata, outputs or locked cells has an effect. Then `Grade` fetches the report and prepares
answers in prose for teachers, `SaveMarks` records the marks, `LatePenalty` the late penalty. A
mark is voided before anything else happens: whatever fails later, no old mark survives.
"""

import math
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import compute_checksum
from traitlets import Any as AnyTrait

from drycloud.classroom.gradebook.adoption import adopt
from drycloud.classroom.gradebook.late import due_utc, penalties, share
from drycloud.classroom.located import Located
from drycloud.classroom.notebooks.guides import add_guides, escape_prose, prose_of
from drycloud.classroom.notebooks.points import points_of, step_suite
from drycloud.classroom.notebooks.report_fragment import outputs_of
from drycloud.classroom.notebooks.reviews import digests_of, note, unchanged
from drycloud.classroom.notebooks.step_notebooks import GRADE_ID, Written, is_answer, is_summary, student_notebook
from drycloud.classroom.submissions.carried import carry
from drycloud.classroom.submissions.intake import works_of
from drycloud.course import Course
from drycloud.errors import DrycloudError, SubmissionError
from drycloud.grading.bounds import read_within
from drycloud.grading.works import Work
from drycloud.notebook import Exercise, load_exercise, load_reference, read_answers, read_submission
from drycloud.report import Report, Run

Resources = dict[str, Any]
Result = tuple[NotebookNode, Resources]
OUR_FAULT = "This could not be graded. It is not your fault: your teacher will look at it and mark it by hand."


class Intake(NotebookExporter, Located):  # type: ignore[misc]  # nbconvert has no types
    """Reads a submission as data and makes a clean notebook of it."""

    def from_filename(self, filename: str, resources: Resources | None = None, **kw: Any) -> tuple[str, Resources]:
        """Called by nbgrader for a submitted file first, then for the clean notebook made from it."""
        if not self.parent._sanitizing:  # nbgrader's flag for which of the two it is
            converted: tuple[str, Resources] = super().from_filename(filename, resources, **kw)
            return converted
        resources = resources or {}
        place = resources["nbgrader"]
        _void(place)
        kept = Path(self.parent._format_dest(place["assignment"], place["student"]))
        _drop_strays(kept)
        carry(Path(filename).parent, kept)
        course, step = self.course, place["notebook"]
        works = works_of(Path(filename).parents[1], course, course.assignment(place["assignment"]))
        path = works[step].path if step in works else None
        notebook = clean_notebook(course, place["assignment"], step, path)
        made: tuple[str, Resources] = self.from_notebook_node(notebook, resources, **kw)
        return made


class Grade(NbGraderPreprocessor, Located):  # type: ignore[misc]  # nbgrader has no types
    """Replaces nbgrader's execution of the notebook: writes the report into the summary cell.

    Answers in prose become plain text, each with its rubric and reference answer below: formgrader shows this notebook.
    """

    provider = AnyTrait(help="Gives the report of (student, assignment, step, path); None is the engine.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        """The notebook with the report as its only output; report and points in `resources`, for SaveMarks."""
        place = resources["nbgrader"]
        course, assignment, step = self.course, place["assignment"], place["notebook"]
        suite = step_suite(course, assignment, step)
        report = self._report(place, suite.points)
        resources["drycloud"] = (report, points_of(suite))
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.execution_count = None
                cell.outputs = outputs_of(report) if is_summary(cell) else []
            elif is_answer(cell) and cell.metadata.nbgrader["checksum"] != compute_checksum(cell):
                escape_prose(cell)
        files = course.files_of(assignment, step)
        add_guides(nb, suite.rubrics, load_reference(files.solution, load_exercise(files.exercise)))
        return nb, resources

    def _report(self, place: dict[str, str], points: float) -> Report:
        student, assignment, step = place["student"], place["assignment"], place["notebook"]
        try:
            report = self._ask(student, assignment, step)
        except Exception as error:  # an error in one submission, even if it is our fault, never stops the class
            why = str(error) if isinstance(error, DrycloudError) else f"{type(error).__name__}: {error}"
            self.log.error("%s, %s/%s: not graded, to be marked by hand: %s", student, assignment, step, why)
            return unmarked(student, assignment, step, points)
        if (report.student, report.assignment, report.step) != (student, assignment, step) or not _is_mark(
            report, points
        ):
            self.log.error("%s, %s/%s: the report is not of this submission or out of range", student, assignment, step)
            return unmarked(student, assignment, step, points)
        return report

    def _ask(self, student: str, assignment: str, step: str) -> Report:
        course, coursedir = self.course, self.parent.parent.coursedir
        folder = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
        work = works_of(folder.parent, course, course.assignment(assignment)).get(step, Work(step, None))
        if self.provider is not None:
            given: Report = self.provider(student, assignment, step, work.path)
            return given
        from drycloud.grading.results import report_for  # this loads the engine, which a class run may not need

        made: Report = report_for(course, student, assignment, work)
        for line in [*made.notes, *made.unread]:
            self.log.warning("%s, %s/%s: %s", student, assignment, step, line)
        return made


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]  # nbgrader has no types
    """Records the report's mark. nbgrader reads it from outputs, where no output means full marks."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        """Record the marks as nbgrader does, from the report; and the digests of the answers that they are for."""
        self._report, self._points = resources["drycloud"]
        place, seen = resources["nbgrader"], {c.id: prose_of(c) for c in nb.cells if is_answer(c)}
        digests = digests_of({**seen, GRADE_ID: _looked_at(nb, self._report)})
        noted = Path(self.parent.parent.coursedir.root, "answers", place["student"], place["assignment"])
        noted /= f"{place['notebook']}.json"
        self._unchanged = unchanged(noted, digests)
        result: Result = super().preprocess(nb, resources)
        note(noted, digests)
        return result

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:  # noqa: ARG002  # nbgrader calls it
        name = cell.metadata.nbgrader["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        grade.cell.max_score = self._points.marks[name]  # a check may have been added since the release
        grade.auto_score = self._automatic(name)
        if grade.manual_score is None:
            grade.needs_manual_grade = grade.auto_score is None
        elif name not in self._unchanged:  # as nbgrader: a manual mark is reviewed
            grade.needs_manual_grade = True
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """As nbgrader does, except for the grade cell, which would get "No response."."""
        if cell.metadata.nbgrader["grade_id"] != GRADE_ID:
            super()._add_comment(cell, resources)

    def _automatic(self, name: str) -> float | None:
        """The mark that needs no teacher: the checks' mark, and 0 for a missing answer."""
        if name == GRADE_ID:
            return self._report.score if self._report.is_checked else None
        outcome = next((check.outcome for check in self._report.checks if check.name == name), "waiting")
        return None if outcome == "waiting" else 0.0


class LatePenalty(AssignLatePenalties, Located):  # type: ignore[misc]  # nbgrader has no types
    """One penalty for the assignment. nbgrader stores penalties by notebook, so it is distributed over them."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        """Spread the penalty anew, as each notebook's mark comes in."""
        spread_penalty(self.course, resources["nbgrader"])
        return nb, resources


def spread_penalty(course: Course, place: dict[str, str]) -> None:
    """Take off what lateness costs by the marks that there are now; a teacher's marks come after the automatic ones."""
    with Gradebook(place["db_url"]) as gradebook:
        submission = gradebook.find_submission(place["assignment"], place["student"])
        submission.assignment.duedate = due_utc(course.assignment(place["assignment"]))
        late, spread = submission.total_seconds_late, dict[str, float]()
        if share(course.late, late):  # else the points need not be computed, which takes some time
            scores = {notebook.name: notebook.score for notebook in submission.notebooks}
            spread = penalties(course.late, late, submission.max_score, scores)
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = spread.get(notebook.name) or None
        gradebook.db.commit()


def clean_notebook(course: Course, assignment: str, step: str, path: Path | None) -> NotebookNode:
    """The released notebook with the student's cells in it; with empty ones where no file is there or can be read."""
    exercise = load_exercise(course.files_of(assignment, step).exercise)
    name = f"{assignment}/{step}"
    points = points_of(step_suite(course, assignment, step))
    notebook = student_notebook(exercise, _handed_in(path, exercise, name), points, name)
    stubs = student_notebook(exercise, Written(exercise.sources("task"), []), points, name)
    checksums = {cell.id: compute_checksum(cell) for cell in stubs.cells if "nbgrader" in cell.metadata}
    for cell in notebook.cells:
        if cell.id in checksums:
            cell.metadata.nbgrader["checksum"] = checksums[cell.id]
    return notebook


def _handed_in(path: Path | None, exercise: Exercise, name: str) -> Written:
    """The student's cells and answers; nothing where the file cannot be read: the report says why."""
    if path is None:
        return Written([], [])
    try:
        sources = read_within(read_submission, path, exercise, name)
        asks = exercise.sources("answer")
        return Written(sources, read_within(read_answers, path, exercise, name).answers if asks else [])
    except SubmissionError:
        return Written([], [])


def unmarked(student: str, assignment: str, step: str, points: float) -> Report:
    """The report on work that could not be graded: no mark, and a message to the student."""
    run = Run(outcome="refused", message=OUR_FAULT)
    return Report(student, assignment, step, "needs_grading", 0.0, points, run, [])


def _looked_at(nb: NotebookNode, report: Report) -> str:
    """What a teacher's mark for code depends on: the student's cells, and the results of the checks."""
    cells = [cell.source for cell in nb.cells if {"task", "own"} & set(cell.metadata.get("tags", []))]
    checks = [(check.name, check.outcome, check.points) for check in report.checks if not check.is_answer]
    return repr((cells, report.run.outcome, checks))


def _is_mark(report: Report, points: float) -> bool:
    return 0 <= report.score <= report.points and math.isclose(report.points, points)


def _void(place: dict[str, str]) -> None:
    """Remove the automatic marks of this notebook; marks by hand stay, with their review flags."""
    with Gradebook(place["db_url"]) as gradebook:
        adopt(gradebook, place["notebook"], place["assignment"])
        notebook = gradebook.find_submission_notebook(place["notebook"], place["assignment"], place["student"])
        for grade in notebook.grades:
            grade.auto_score = None
            if grade.manual_score is None:
                grade.needs_manual_grade = True
        gradebook.db.commit()


def _drop_strays(folder: Path) -> None:
    """Remove other files that nbgrader copied: it follows links, and releases their targets with the feedback."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.suffix != ".ipynb":
            path.unlink()
