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


def grade_files(
    root: Path, course: Course, step: tuple[str, str], files: list[Path], jobs: int | None, *, as_json: bool
) -> None:
    """Grade files of one step; a student is named after the file."""
    if not files:
        raise UsageError("no file to grade", hint=f"say 'drycloud grade {step[0]}/{step[1]} FILE…'")
    for path in files:
        if not path.exists():
            raise UsageError("there is no such file", where=path, hint="check the name")
    results = Results(root, course)
    found: dict[int, Report] = {}
    for turn in _turns(files):
        submissions = [Submission(files[n].stem, step[0], [Work(step[1], files[n].absolute())]) for n in turn]
        _grade(results, submissions, jobs, again=True)
        found |= zip(turn, _reports(results, submissions), strict=True)
    reports = [found[number] for number in range(len(files))]
    faults = _faults(reports)
    for line in faults:
        _tell(line)
    if as_json:
        sys.stdout.buffer.writelines(to_json(reports))
    else:
        for report in reports:
            show_report(_out, report)
    if faults:
        sys.exit(1)


def grade_class(
    root: Path,
    course: Course,
    assignment: Assignment,
    submitted: Path | None,
    jobs: int | None,
    *,
    as_json: bool,
) -> None:
    """Grade every collected submission of an assignment, and record the marks in nbgrader's gradebook.

    Ends with status 1 where something went wrong with a submission, which is then told.
    """
    from drycloud.classroom import marks, require_configuration
    from drycloud.classroom.gradebook.accounts import absent
    from drycloud.classroom.submissions.left_out import unaccounted
    from drycloud.grading.results import build_folder

    require_configuration(root)
    folder = submitted or build_folder(root) / "submitted"
    if submitted and not submitted.is_dir():
        raise UsageError("not a folder", where=submitted, hint=_LAYOUT.format(assignment.name))
    results = Results(root, course)
    found = _handed_in(results, folder, assignment)
    for turn in range(_ROUNDS):
        submissions = _submissions(found, assignment)
        _grade(results, submissions, jobs, again=turn == 0)
        problems, found = _record(results, assignment, folder, submissions, found)
        if problems is not None:
            break
    else:
        raise StoreError("changes while it is graded", where=folder, hint="grade again when nobody writes there")
    noted = {mark.student: mark for mark in marks(root, course, assignment.name)}
    problems += _faults(_reports(results, submissions))
    problems += [
        f"{s.student}: has no mark in the gradebook; grade again" for s in submissions if s.student not in noted
    ]
    for problem in problems:
        _tell(problem)
    if as_json:
        sys.stdout.buffer.writelines(to_json(_reports(results, submissions)))
    else:
        of_run = [noted[s.student] for s in submissions if s.student in noted]
        show_marks(_out, assignment.name, of_run, _runs(results, submissions))
    others = [*unaccounted(folder, assignment, root), *absent(root, course, assignment, folder, found)]
    for line in [*_noted(_reports(results, submissions)), *others]:
        _tell(line)
    if problems:
        sys.exit(1)


def _handed_in(results: Results, folder: Path, assignment: Assignment) -> "Submissions":
    """What lies in a folder of submissions; raises UsageError when there is nothing."""
    from drycloud.classroom.submissions.intake import submissions_in
    from drycloud.classroom.submissions.left_out import unaccounted

    found = submissions_in(folder, assignment, results.root) if folder.is_dir() else []
    if not found:
        for line in unaccounted(folder, assignment, results.root) if folder.is_dir() else []:
            _tell(line)
        hint = f"collect first, or {_LAYOUT.format(assignment.name)}"
        raise UsageError(f"nobody has submitted {assignment.name}", where=folder, hint=hint)
    return found


def _submissions(found: "Submissions", assignment: Assignment) -> list[Submission]:
    """As they are graded; by whole paths, for nbgrader changes the working directory."""
    none = {step.name: Work(step.name, None) for step in assignment.steps}
    return [
        Submission(student, assignment.name, [_whole(work) for work in (none | works).values()])
        for student, works in found
    ]


def _whole(work: Work) -> Work:
    return structs.replace(work, path=work.path.absolute()) if work.path else work


def _record(
    results: Results, assignment: Assignment, folder: Path, submissions: list[Submission], found: "Submissions"
) -> tuple[list[str] | None, "Submissions"]:
    """Note the marks, draw the pages; what went wrong, a line each, and what lies in the folder.

    Others may grade, collect or hand in meanwhile. So nothing is noted (None) unless what was graded still lies there.
    """
    from drycloud.classroom.gradebook.marks import feedback, record
    from drycloud.classroom.notebooks.sources import edited_in
    from drycloud.classroom.places import build_dir
    from drycloud.classroom.turns import alone

    by_name = {(s.student, work.step): (s, work) for s in submissions for work in s.works}
    with alone(build_dir(results.root), tell=_tell):
        now = _handed_in(results, folder, assignment)
        if now != found or not all(results.load(submission, work) for submission, work in by_name.values()):
            return None, now
        place = results.root, results.course, assignment.name
        for path in edited_in(build_dir(results.root), assignment.name):
            _tell(f"{path}: kept as it was edited; say 'drycloud build {assignment.name} --replace' to write it anew")
        problems = record(*place, found, lambda *name: results.held(*by_name[name]), folder)
        return [*problems, *feedback(*place, found)], found


def _faults(reports: Iterable[Report]) -> list[str]:
    """What broke of ours, a line each: where and why, and whose marks wait for a hand because of it."""
    found: dict[tuple[str, str], list[str]] = {}
    for report in reports:
        for fault in report.faults:
            found.setdefault((f"{report.assignment}/{report.step}", fault), []).append(report.student)
    return [
        f"{step}: {fault[:_LONGEST]} — to be marked by hand: {_some(students)}"
        for (step, fault), students in found.items()
    ]


def _noted(reports: Iterable[Report]) -> list[str]:
    """How work was read that was not as it should be: whose, a line for each way."""
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


def _tell(line: str) -> None:
    """One line on standard error, whatever of a student's is in it."""
    _err.print(safe(" ".join(f"drycloud: {line}".split())), soft_wrap=True)


def _turns(files: list[Path]) -> Iterator[list[int]]:
    """The numbers of the files, those of one name in turn: they have one place on disk for their report."""
    left = dict(enumerate(files))
    while left:
        turn = {path.stem: number for number, path in reversed(left.items())}
        yield sorted(turn.values())
        left = {number: path for number, path in left.items() if turn[path.stem] != number}


def _grade(results: Results, submissions: list[Submission], jobs: int | None, *, again: bool) -> None:
    """Grade all; the reports stay on disk, for those of a big class are more than need be in memory."""
    with Progress(console=_err, transient=True, disable=not _err.is_terminal) as bar:
        task = bar.add_task("grading", total=sum(len(submission.works) for submission in submissions))
        for _ in results.grade(submissions, jobs, again=again):
            bar.advance(task)


def _runs(results: Results, submissions: list[Submission]) -> dict[tuple[str, str], str]:
    """What became of each run; nothing where nothing was handed in."""
    works = [(submission, work) for submission in submissions for work in submission.works]
    return {(s.student, work.step): results.kept(s, work).run.outcome if work.path else "" for s, work in works}


def _reports(results: Results, submissions: list[Submission]) -> Iterator[Report]:
    """The reports, one after the other, in the order of the submissions."""
    for submission in submissions:
        for work in submission.works:
            yield results.kept(submission, work)
