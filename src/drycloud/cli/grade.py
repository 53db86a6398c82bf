"""`drycloud grade`: files of one step, or a whole class."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs
from rich.console import Console
from rich.progress import Progress

from drycloud.course import Assignment, Course
from drycloud.errors import StoreError, UsageError
from drycloud.grading.results import Results
from drycloud.grading.works import Submission, Work
from drycloud.render.terminal import safe, show_marks, show_report
from drycloud.report import Report, to_json

if TYPE_CHECKING:
    from drycloud.classroom.submissions.intake import Submissions

_out, _err = Console(highlight=False), Console(stderr=True, highlight=False)
_ROUNDS = 3
_STUDENTS_TOLD = 5
_LONGEST = 500  # characters of a line on what broke
_LAYOUT = "say --submitted DIR, with DIR/STUDENT/{}/STEP.ipynb in it"


def grade_files(course: Course, step: tuple[str, str], files: list[Path], jobs: int | None, *, as_json: bool) -> None:
    """Grade files of one step; a student is named after the file."""
    if not files:
        raise UsageError("no file to grade", hint=f"say 'drycloud grade {step[0]}/{step[1]} FILE…'")
    for path in files:
        if not path.exists():
            raise UsageError("there is no such file", where=path, hint="check the name")
    results = Results(course)
    found: dict[int, Report] = {}
    for batch in _batches(files):
        submissions = [Submission(files[n].stem, step[0], [Work(step[1], files[n].absolute())]) for n in batch]
        _grade(results, submissions, jobs, again=True)
        found |= zip(batch, _reports(results, submissions), strict=True)
    reports = [found[number] for number in range(len(files))]
    faults = _errors_of_ours(reports)
    for line in faults:
        _print_error(line)
    if as_json:
        sys.stdout.buffer.writelines(to_json(reports))
    else:
        for report in reports:
            show_report(_out, report)
    if faults:
        sys.exit(1)


def grade_class(
    course: Course,
    assignment: Assignment,
    submitted: Path | None,
    jobs: int | None,
    *,
    as_json: bool,
) -> None:
    """Grade every collected submission of an assignment, and record the marks in nbgrader's gradebook.

    Ends with status 1 if something went wrong with a submission, and reports it.
    """
    from drycloud.classroom import marks, require_configuration
    from drycloud.classroom.gradebook.accounts import absent
    from drycloud.classroom.submissions.left_out import unaccounted

    require_configuration(course.root)
    folder = submitted or course.build / "submitted"
    if submitted and not submitted.is_dir():
        raise UsageError("not a folder", where=submitted, hint=_LAYOUT.format(assignment.name))
    results = Results(course)
    found = _handed_in(results, folder, assignment)
    for attempt in range(_ROUNDS):
        submissions = _submissions(found, assignment)
        _grade(results, submissions, jobs, again=attempt == 0)
        problems, found = _record(results, assignment, folder, submissions, found)
        if problems is not None:
            break
    else:
        raise StoreError("changes while it is graded", where=folder, hint="grade again when nobody writes there")
    noted = {mark.student: mark for mark in marks(course, assignment.name)}
    problems += _errors_of_ours(_reports(results, submissions))
    problems += [
        f"{s.student}: has no mark in the gradebook; grade again" for s in submissions if s.student not in noted
    ]
    for problem in problems:
        _print_error(problem)
    if as_json:
        sys.stdout.buffer.writelines(to_json(_reports(results, submissions)))
    else:
        of_run = [noted[s.student] for s in submissions if s.student in noted]
        show_marks(_out, assignment.name, of_run, _runs(results, submissions))
    others = [*unaccounted(folder, course, assignment), *absent(course, assignment, folder, found)]
    for line in [*_reading_notes(_reports(results, submissions)), *others]:
        _print_error(line)
    if problems:
        sys.exit(1)


def _handed_in(results: Results, folder: Path, assignment: Assignment) -> "Submissions":
    """The submissions in a folder; raises UsageError if there are none."""
    from drycloud.classroom.submissions.intake import submissions_in
    from drycloud.classroom.submissions.left_out import unaccounted

    found = submissions_in(folder, results.course, assignment) if folder.is_dir() else []
    if not found:
        for line in unaccounted(folder, results.course, assignment) if folder.is_dir() else []:
            _print_error(line)
        hint = f"collect first, or {_LAYOUT.format(assignment.name)}"
        raise UsageError(f"nobody has submitted {assignment.name}", where=folder, hint=hint)
    return found


def _submissions(found: "Submissions", assignment: Assignment) -> list[Submission]:
    """The submissions as they are graded, with absolute paths, since nbgrader changes the working directory."""
    none = {step.name: Work(step.name, None) for step in assignment.steps}
    return [
        Submission(student, assignment.name, [_with_absolute_path(work) for work in (none | works).values()])
        for student, works in found
    ]


def _with_absolute_path(work: Work) -> Work:
    return structs.replace(work, path=work.path.absolute()) if work.path else work


def _record(
    results: Results, assignment: Assignment, folder: Path, submissions: list[Submission], found: "Submissions"
) -> tuple[list[str] | None, "Submissions"]:
    """Record the marks and write the feedback pages; returns the problems, a line each, and the submissions found.

    Others may grade, collect or submit at the same time. So nothing is recorded (None) unless the folder still holds
    what was graded.
    """
    from drycloud.classroom.gradebook.marks import feedback, record
    from drycloud.classroom.notebooks.sources import edited_in
    from drycloud.classroom.turns import alone

    by_name = {(s.student, work.step): (s, work) for s in submissions for work in s.works}
    with alone(results.course.build, tell=_print_error):
        now = _handed_in(results, folder, assignment)
        if now != found or not all(results.load(submission, work) for submission, work in by_name.values()):
            return None, now
        for path in edited_in(results.course, assignment.name):
            _print_error(f"{path}: kept, since it was edited; 'drycloud build {assignment.name} --replace' replaces it")
        problems = record(
            results.course, assignment.name, found, lambda *name: results.load_current(*by_name[name]), folder
        )
        return [*problems, *feedback(results.course, assignment.name, found)], found


def _errors_of_ours(reports: Iterable[Report]) -> list[str]:
    """Errors of the engine or a grader, a line each: where and why, and whose work must be marked by hand."""
    found: dict[tuple[str, str], list[str]] = {}
    for report in reports:
        for fault in report.faults:
            found.setdefault((f"{report.assignment}/{report.step}", fault), []).append(report.student)
    return [
        f"{step}: {fault[:_LONGEST]} — to be marked by hand: {_some(students)}"
        for (step, fault), students in found.items()
    ]


def _reading_notes(reports: Iterable[Report]) -> list[str]:
    """How unusual work was read, a line for each case with the students that it concerns."""
    from drycloud.classroom.submissions.one_line import listed

    found: dict[str, list[str]] = {}
    for report in reports:
        refused = [f"not run: {report.run.message}"] if report.run.outcome == "refused" else []
        for line in [*refused, *report.notes, *(f"{line} It waits for a mark by hand." for line in report.unread)]:
            found.setdefault(line[:_LONGEST], []).append(f"{report.student}/{report.step}")
    return [f"{listed(names)}: {line}" for line, names in found.items()]


def _some(students: list[str]) -> str:
    more = f" and {len(students) - _STUDENTS_TOLD} more" if len(students) > _STUDENTS_TOLD else ""
    return ", ".join(students[:_STUDENTS_TOLD]) + more


def _print_error(line: str) -> None:
    """Print one line on standard error, with a student's text in it made safe."""
    _err.print(safe(" ".join(f"drycloud: {line}".split())), soft_wrap=True)


def _batches(files: list[Path]) -> Iterator[list[int]]:
    """The numbers of the files in groups without equal names: files of one name share the path of their report."""
    left = dict(enumerate(files))
    while left:
        batch = {path.stem: number for number, path in reversed(left.items())}
        yield sorted(batch.values())
        left = {number: path for number, path in left.items() if batch[path.stem] != number}


def _grade(results: Results, submissions: list[Submission], jobs: int | None, *, again: bool) -> None:
    """Grade all; the reports stay on disk, since those of a big class would take too much memory."""
    with Progress(console=_err, transient=True, disable=not _err.is_terminal) as bar:
        task = bar.add_task("grading", total=sum(len(submission.works) for submission in submissions))
        for _ in results.grade(submissions, jobs, again=again):
            bar.advance(task)


def _runs(results: Results, submissions: list[Submission]) -> dict[tuple[str, str], str]:
    """The outcome of each run; empty where nothing was handed in."""
    works = [(submission, work) for submission in submissions for work in submission.works]
    return {(s.student, work.step): results.load_saved(s, work).run.outcome if work.path else "" for s, work in works}


def _reports(results: Results, submissions: list[Submission]) -> Iterator[Report]:
    """The reports, one at a time, in the order of the submissions."""
    for submission in submissions:
        for work in submission.works:
            yield results.load_saved(submission, work)
