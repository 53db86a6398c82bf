"""The points of a step: those of its checks and rubrics, which are defined nowhere else."""

from drycloud.classroom.notebooks.step_notebooks import GRADE_ID, StepPoints
from drycloud.course import Course
from drycloud.grading.suite import Suite, load_suite
from drycloud.limits import Limits
from drycloud.notebook import load_exercise
from drycloud.report import answer_name


def step_suite(course: Course, assignment: str, step: str) -> Suite:
    """The checks and rubrics of A/S; raises CourseError when they cannot be read."""
    files = course.files_of(assignment, step)
    return load_suite(load_exercise(files.exercise), files.grader)


def points_of(suite: Suite, limits: Limits | None = None) -> StepPoints:
    """The points of each cell that has a mark: the grade cell, for all checks, and each answer; and the limits."""
    answers = {answer_name(number): rubric.points for number, rubric in enumerate(suite.rubrics, start=1)}
    visible = sum(check.points for check in suite.checks if not check.hidden)
    hidden = sum(check.hidden for check in suite.checks)
    limited = (limits.wall_seconds, limits.processes) if limits and suite.checks else (0, 0)
    return StepPoints({GRADE_ID: suite.checked_points, **answers}, suite.points, visible, hidden, *limited)
