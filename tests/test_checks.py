"""Checks: what pytest makes of them, and how variants come together."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from drycloud.cloud.links import Page
from drycloud.cloud.snapshot import Snapshot
from drycloud.errors import CourseError
from drycloud.grading.checker import Verdict, run_checks
from drycloud.grading.evidence import Answers, Evidence
from drycloud.grading.merge import merge
from drycloud.grading.stage import StageResult
from drycloud.grading.suite import load_suite
from drycloud.notebook import Cell, Exercise
from drycloud.report import Bill, Run

GRADER = '''
from drycloud import check

@check(points=1)
def test_given(given):
    """What is given."""
    print("noise that goes nowhere")
    assert given.n == 1, "n is not 1"

@check(points=2, needs=test_given)
def test_answer(answers):
    """The answer."""
    assert answers.n == 2, "n is not 2"

@check(points=2, needs=test_answer)
def reached_last(after):
    """What comes after."""

@check(points=2)
def test_broken(before):
    """A broken one."""
    {}["x"]

@check(points=2)
def test_exits():
    """One that exits."""
    raise SystemExit(0)

@check(points=1)
def test_wants_what_is_not(nonsense):
    """One with an unknown fixture."""
'''


@pytest.fixture
def suite(tmp_path):
    exercise = Exercise(tmp_path / "e.py", [Cell("check", "")])
    (tmp_path / "e.py").touch()
    (tmp_path / "g.py").write_text(GRADER)
    return load_suite(exercise, tmp_path / "g.py")


def outcomes(suite, given, answers):
    evidence = Evidence(
        Snapshot(),
        Snapshot(),
        SimpleNamespace(**given),
        Answers(answers),
        {},
        {},
        [],
        Bill(),
        lambda name: name,
        lambda url: Page(),
    )
    return {verdict.name: verdict for verdict in run_checks(suite, evidence)}


def test_outcomes(suite):
    """Passed, failed with the assertion's own words, skipped for what it needs, and broke for anything else."""
    found = outcomes(suite, {"n": 1}, {"n": 3})
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_given": "passed",
        "test_answer": "failed",
        "reached_last": "skipped",
        "test_broken": "broke",
        "test_exits": "broke",
        "test_wants_what_is_not": "broke",
    }
    assert found["test_answer"].message == "n is not 2"
    assert "KeyError" in found["test_broken"].message
    assert "GRADER" not in str(found)


def test_a_missing_answer_fails_kindly(suite):
    """A variable that the student did not set fails the check, and does not break it."""
    verdict = outcomes(suite, {"n": 1}, {})["test_answer"]
    assert verdict.outcome == "failed"
    assert "no variable `n`" in verdict.message


def test_a_check_passes_only_in_every_variant(suite):
    """The worst of the variants counts; a broken check makes the report wait for a hand."""

    def result(*marks):
        return StageResult(Run(), [Verdict(spec.name, mark) for spec, mark in zip(suite.checks, marks, strict=True)])

    good = ["passed"] * 6
    report = merge(("a", "b", "c"), suite, [result(*good), result("passed", "failed", *good[2:])])
    assert (report.score, report.points, report.status) == (8, 10, "graded")
    broken = merge(("a", "b", "c"), suite, [result(*good), result("broke", *good[1:])])
    assert (broken.score, broken.status) == (9, "needs_grading")
    faulty = merge(("a", "b", "c"), suite, [StageResult(Run(), fault="the scene broke")])
    assert (faulty.score, faulty.status) == (0, "needs_grading")


def test_names_are_unique(tmp_path):
    """A visible and a hidden check of one name are refused."""
    same = '@check(points=1)\ndef test_a():\n    """A."""\n'
    exercise = Exercise(Path(tmp_path / "e.py"), [Cell("check", f"from drycloud import check\n{same}")])
    (tmp_path / "g.py").write_text(f"from drycloud import check\n{same}")
    with pytest.raises(CourseError, match="two checks are named test_a"):
        load_suite(exercise, tmp_path / "g.py")
