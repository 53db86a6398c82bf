"""The corpus of attacks, against the real engine: no point that honest work would not earn, and nobody else is harmed.

Every attack of tests/attacks/ is graded in one class, beside honest submissions whose reports must be those of a class
without attackers, to the byte.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import nbformat
import pytest
from repository import ROOT

from attacks.corpus import LIMITS, STEPS, Attack, attacks, work
from drycloud.classroom.notebooks.points import points_of, step_suite
from drycloud.classroom.notebooks.step_notebooks import Written, student_notebook
from drycloud.course import load_course
from drycloud.grading.pool import grade_all, usual_jobs
from drycloud.grading.works import Submission, Work
from drycloud.notebook import load_exercise
from drycloud.report import Report

pytestmark = pytest.mark.slow

SECRET = b"attacks: the same worlds each time"
CORPUS = attacks(*STEPS, "files")
HONEST = "honest"


class Graded(NamedTuple):
    """The attacks' reports by their student, and the honest ones of a class with and without attackers."""

    reports: dict[str, Report]
    beside: list[Report]
    alone: dict[str, bytes]


def submission(folder: Path, attack: Attack) -> Submission:
    assignment, step = STEPS[attack.kind]
    path = folder / f"{attack.student}{attack.suffix}"
    if attack.on:
        attack.make(path, released(attack.kind))
    else:
        path.write_text(attack.text, encoding="utf-8")
    return Submission(attack.student, assignment, [Work(step, path)])


def released(kind: str) -> dict[str, Any]:
    """The notebook that students get, with honest work in its task cell."""
    assignment, step = STEPS[kind]
    exercise = load_exercise(load_course(ROOT).files_of(assignment, step).exercise)
    points = points_of(step_suite(load_course(ROOT), assignment, step))
    text = nbformat.writes(student_notebook(exercise, Written([honest_text(kind)], []), points, f"{assignment}/{step}"))
    notebook: dict[str, Any] = json.loads(text)
    return notebook


def honest_text(kind: str) -> str:
    return f"{work(kind)}\nwork()\n"


def honest_submission(folder: Path, kind: str) -> Submission:
    assignment, step = STEPS[kind]
    path = folder / f"{HONEST}-{kind}.py"
    path.write_text(honest_text(kind), encoding="utf-8")
    return Submission(path.stem, assignment, [Work(step, path)])


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """A class of attackers, with honest students among them after each line of the list."""
    folder = tmp_path_factory.mktemp("attacks")
    course = msgspec.structs.replace(load_course(ROOT), limits=LIMITS)
    honest = {kind: honest_submission(folder, kind) for kind in STEPS}
    mixed: list[Submission] = []
    for attack, following in zip(CORPUS, [*CORPUS[1:], None], strict=True):
        mixed.append(submission(folder, attack))
        if following is None or following.line != attack.line:
            mixed.append(honest[attack.kind])

    def reports(submissions: list[Submission]) -> list[Report]:
        return [r for _, found in grade_all(course, SECRET, submissions, usual_jobs()) for r in found]

    alone = {report.student: settled(report) for report in reports(list(honest.values()))}
    both = reports(mixed)
    beside = [report for report in both if report.student in alone]
    return Graded({r.student: r for r in both if r.student not in alone}, beside, alone)


def settled(report: Report) -> bytes:
    return msgspec.json.encode(report.settled())


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.name)
def test_an_attack_comes_to_what_its_head_says(graded: Graded, attack: Attack) -> None:
    """The outcome of its run, no point more than it may earn, and words that say what happened."""
    report = graded.reports[attack.student]
    assert report.run.outcome in attack.run, report.run
    assert report.score == attack.earns
    assert report.status == attack.status
    assert all(words in report.run.message for words in attack.says), report.run.message
    assert all(words in report.run.stdout for words in attack.prints), report.run.stdout


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.name)
def test_a_report_on_an_attack_can_be_read(graded: Graded, attack: Attack) -> None:
    """The run's message is one printable line, no check broke, and the report is of a size that a page can hold."""
    report = graded.reports[attack.student]
    assert len(report.run.message) <= 2000
    assert is_plain(report.run.message)
    assert "broke" not in {check.outcome for check in report.checks}
    assert len(msgspec.json.encode(report)) < 2 * 1024**2


def is_plain(text: str) -> bool:
    return all(unicodedata.category(c)[0] != "C" for c in text)


def test_honest_work_beside_attackers_earns_the_same(graded: Graded) -> None:
    """Each honest report from among the attackers is that of a class without any, to the byte, and full marks."""
    assert len(graded.beside) == len({attack.line for attack in CORPUS})
    for report in graded.beside:
        assert settled(report) == graded.alone[report.student]
        assert report.score == report.points
