"""The content of this course: what students see of a step's points, and checks that find nothing to look at."""

from pathlib import Path

import pytest

from drycloud.course import files_of, load_course
from drycloud.grading.suite import Suite, load_suite
from drycloud.notebook import load_exercise

ROOT = Path(__file__).parent.parent


def suite_of(assignment: str, step: str) -> Suite:
    """The checks of a step of this course."""
    files = files_of(ROOT, assignment, step)
    return load_suite(load_exercise(files.exercise), files.grader)


STEPS = [(a.name, s.name) for a in load_course(ROOT).assignments for s in a.steps if suite_of(a.name, s.name).checks]


@pytest.mark.parametrize(("assignment", "step"), STEPS)
def test_a_third_of_the_points_can_be_seen(assignment: str, step: str) -> None:
    """Practice shows what at least a third of a step's points are given for."""
    checks = suite_of(assignment, step).checks
    seen = sum(spec.points for spec in checks if not spec.hidden)
    assert seen >= sum(spec.points for spec in checks) / 3
