"""`drycloud build`, `drycloud release`, `drycloud export`: what nbgrader packages, and what its gradebook says."""

from pathlib import Path

from rich.console import Console

from drycloud import classroom
from drycloud.classroom.turns import alone
from drycloud.course import Course
from drycloud.grading.results import build_folder

_out, _err = (Console(stderr=stderr, highlight=False, soft_wrap=True) for stderr in (False, True))


def build_assignment(root: Path, course: Course, assignment: str, *, replace: bool) -> None:
    """Make the source notebooks and say where they are."""
    course.assignment(assignment)
    classroom.require_configuration(root)
    with alone(build_folder(root), tell=_print_error):
        made = classroom.build(root, course, assignment, build_folder(root), _edited(replace))
    for path in made:
        _out.print(str(path), markup=False)


def release_assignment(root: Path, course: Course, assignment: str, *, replace: bool) -> None:
    """Make the release, refuse a leak, and say where the notebooks and the zip are."""
    course.assignment(assignment)
    classroom.require_configuration(root)
    with alone(build_folder(root), tell=_print_error):
        made = classroom.release(root, course, assignment, _edited(replace))
    for path in [*made.notebooks, made.archive]:
        _out.print(str(path), markup=False)


def export_assignment(root: Path, course: Course, assignment: str, path: Path) -> None:
    """Write the marks and say where they are."""
    course.assignment(assignment)
    classroom.require_configuration(root)
    from drycloud.classroom.gradebook.sheets import export

    with alone(build_folder(root), tell=_print_error):
        export(root, course, assignment, path)
    _out.print(str(path), markup=False)


def _edited(replace: bool) -> str:
    return "replace" if replace else "refuse"


def _print_error(line: str) -> None:
    _err.print(f"drycloud: {line}", markup=False)
