"""The variants of a submission differ in what a step teaches."""

from pathlib import Path

import pytest

from drycloud.course import load_course
from drycloud.grading.checker import Verdict
from drycloud.grading.stage import Stage, StageResult, _call
from drycloud.grading.submission import Grader
from drycloud.grading.suite import Suite
from drycloud.grading.works import Submission, Work
from drycloud.limits import Limits
from drycloud.notebook import Exercise
from drycloud.report import Run

ROOT = Path(__file__).parent.parent


def test_a_scene_is_told_of_the_variant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its number is one more in the next variant, and begins elsewhere for others."""
    numbers: list[list[int]] = []

    def runs(_: Grader, stage: Stage, suite: Suite, times: int) -> list[StageResult]:
        def scene(variant: int) -> int:
            return variant

        numbers[-1].append(_call(scene, stage, tmp_path))
        return [StageResult(Run(), [Verdict(suite.checks[0].name, "passed")])] * times

    monkeypatch.setattr(Grader, "_runs", runs)
    sample = tmp_path / "sample.py"
    sample.write_text("pass\n")
    with Grader(ROOT, load_course(ROOT), b"secret") as grader:
        for student in ("ann", "bob"):
            numbers.append([])
            grader.grade(Submission(student, "02_ec2", [Work("launch", sample)]))
    assert [after - before for before, after in numbers] == [1, 1]
    assert numbers[0] != numbers[1]


def test_a_stage_needs_no_number(tmp_path: Path) -> None:
    """A scene that does not ask is called as ever."""
    stage = Stage(Exercise(tmp_path, []), [], Limits(), [], 7)
    assert _call(lambda rng: rng.random(), stage, tmp_path) == _call(lambda rng: rng.random(), stage, tmp_path)
