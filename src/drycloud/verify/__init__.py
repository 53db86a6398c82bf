"""Verifies the course: each step's stub, solution and sample submissions are graded twice."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from drycloud.course import Course, check_trees
from drycloud.errors import CourseError
from drycloud.grading.pool import grade_all
from drycloud.grading.works import Submission, Work
from drycloud.notebook import load_exercise, load_reference, load_solution
from drycloud.report import Frozen, Report
from drycloud.verify.libraries import check_libraries

_SECRET = b"verify: the same worlds each time"
_LOSES = re.compile(r"^# loses: *([\w, -]+)$")


class Sample(Frozen, frozen=True):
    """A submission with its expected result: the names of the checks that it loses, or None for 'scores 0'."""

    label: str
    submission: Submission
    loses: list[str] | None


class Finding(Frozen, frozen=True):
    """One sample graded: `problem` is empty if the result is as expected."""

    label: str
    problem: str


def verify(course: Course, target: str, jobs: int, scratch: Path, *, more: bool = False) -> Iterator[Finding]:
    """Yield a Finding for each sample of the steps that `target` names, as they are graded.

    `scratch` is an empty folder for stubs and solutions; `more` includes the samples in folders with that name.
    Raises CourseError if the trees are incomplete, or a library is missing.
    """
    check_trees(course)
    check_libraries(course)
    steps = [(a.name, s.name) for a, s in course.select(target)]
    of_each = [samples_of(course, a, s, scratch, more=more) for a, s in steps]
    # By turns: some steps take processor time and others wait for machines to start, which goes well together.
    samples = [sample for turn in zip_longest(*of_each) for sample in turn if sample is not None]
    by_name = {sample.submission.student: sample for sample in samples}
    for submission, reports in grade_all(course, _SECRET, [s.submission for s in samples], jobs):
        sample = by_name[submission.student]
        yield Finding(sample.label, _problem(sample, reports))


def samples_of(course: Course, assignment: str, step: str, scratch: Path, *, more: bool = False) -> list[Sample]:
    """All samples of a step: stub, solution, right/ and wrong/, and with `more` those of more/right/ and more/wrong/.

    Raises CourseError for one in wrong/ that does not name what it loses.
    """
    files = course.files_of(assignment, step)
    exercise = load_exercise(files.exercise)
    samples = []
    solved = load_solution(files.solution, exercise), load_reference(files.solution, exercise)
    for name, tasks, answers, loses in (
        ("stub", exercise.sources("task"), exercise.sources("answer"), None),
        ("solution", *solved, []),
    ):
        path = scratch / f"{assignment}.{step}.{name}.py"
        path.write_text(_percent(tasks, answers), encoding="utf-8")
        samples.append(_sample(assignment, step, name, path, loses))
    for folder in ("", "more/") if more else ("",):
        for path in _samples_in(files.samples / folder / "right"):
            samples.append(_sample(assignment, step, f"{folder}right/{path.name}", path, []))
        for path in _samples_in(files.samples / folder / "wrong"):
            samples.append(_sample(assignment, step, f"{folder}wrong/{path.name}", path, _loses(path)))
    return samples


def _sample(assignment: str, step: str, name: str, path: Path, loses: list[str] | None) -> Sample:
    """A sample is graded twice from one scene; the stub and the solution from two scenes, which must be the same."""
    label = f"{assignment}/{step} {name}"
    works = [Work(step, path), Work(step, path)] if name in ("stub", "solution") else [Work(step, path, times=2)]
    return Sample(label, Submission(label, assignment, works), loses)


def _samples_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in (".py", ".sh", ".ipynb"))


def _loses(path: Path) -> list[str]:
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    for line in head:
        found = _LOSES.match(line)
        if found:
            return sorted(name.strip() for name in found[1].split(",") if name.strip())
    raise CourseError("does not say what it loses", where=path, hint="begin it with '# loses: test_…, test_…'")


def _percent(tasks: list[str], answers: list[str]) -> str:
    """The cells as a py:percent file, each tagged with its role."""
    parts = []
    for source in answers:
        body = "\n".join(f"# {line}".rstrip() for line in source.splitlines())
        parts.append(f'# %% [markdown] tags=["answer"]\n{body}\n')
    for source in tasks:
        shell = source.startswith("%%bash")
        body = "\n".join(f"# {line}".rstrip() for line in source.split("\n")[1:]) if shell else source
        language = ' language="bash"' if shell else ""
        parts.append(f'# %%{language} tags=["task"]\n{body}\n')
    return "\n".join(parts)


def _problem(sample: Sample, reports: list[Report]) -> str:
    first, second = (report.settled() for report in reports)
    if first != second:
        return "two runs of it differ"
    if not first.is_checked:
        return next(iter(first.faults), "it needs grading by hand")
    if sample.loses is None:
        if first.status != "graded":
            return "the stub has an answer that waits for a teacher"
        return "" if first.score == 0 else f"the stub earns {first.score:g} of {first.points:g}"
    lost = sorted(check.name for check in first.checks if check.outcome not in ("passed", "waiting"))
    if lost == sample.loses:
        return ""
    told = f"it loses {', '.join(lost) or 'nothing'}, and should lose {', '.join(sample.loses) or 'nothing'}"
    return f"{told} ({first.run.outcome}{': ' if first.run.message else ''}{first.run.message})"
