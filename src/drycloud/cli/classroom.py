"""`drycloud build`, `drycloud release`: what nbgrader packages."""

from pathlib import Path

from rich.console import Console

from drycloud import classroom
from drycloud.course import Course
from drycloud.grading.results import build_folder

_out = Console(highlight=False, soft_wrap=True)


def build_assignment(root: Path, course: Course, assignment: str) -> None:
    """Make the source notebooks and say where they lie."""
    course.assignment(assignment)
    for path in classroom.build(root, course, assignment, build_folder(root)):
        _out.print(str(path), markup=False)


def release_assignment(root: Path, course: Course, assignment: str) -> None:
    """Make the release, refuse a leak, and say where the notebooks and the zip lie."""
    course.assignment(assignment)
    made = classroom.release(root, course, assignment)
    for path in [*made.notebooks, made.archive]:
        _out.print(str(path), markup=False)
