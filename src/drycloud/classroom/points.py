"""What a step is worth: the points of its checks, which stand nowhere else."""

from pathlib import Path

from drycloud.course import files_of
from drycloud.grading.suite import load_suite
from drycloud.notebook import load_exercise


def step_points(root: Path, assignment: str, step: str) -> float:
    """The sum over the visible and the hidden checks of A/S; raises CourseError when they cannot be read."""
    files = files_of(root, assignment, step)
    return load_suite(load_exercise(files.exercise), files.grader).points
