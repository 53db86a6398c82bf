"""`drycloud build`, `drycloud release`, `drycloud export`: what nbgrader packages, and what its gradebook says."""

from pathlib import Path

from rich.console import Console

from drycloud import classroom
from drycloud.classroom.turns import alone
from drycloud.course import Course

_out, _err = (Console(stderr=stderr, highlight=False, soft_wrap=True) for stderr in (False, True))


def build_assignment(course: Course, assignment: str, *, replace: bool) -> None:
    """Make the source notebooks and say where they are."""
    course.assignment(assignment)
    classroom.require_configuration(course.root)
    with alone(course.build, tell=_print_error):
        made = classroom.build(course, assignment, _edited(replace))
    for path in made:
        _out.print(str(path), markup=False)


def release_assignment(course: Course, assignment: str, *, replace: bool) -> None:
    """Make the release, refuse a leak, and say where the notebooks and the zip are."""
    course.assignment(assignment)
    classroom.require_configuration(course.root)
    with alone(course.build, tell=_print_error):
        made = classroom.release(course, assignment, _edited(replace))
    for path in [*made.notebooks, made.archive]:
        _out.print(str(path), markup=False)


def export_assignment(course: Course, assignment: str, path: Path) -> None:
    """Write the marks and say where they are."""
    course.assignment(assignment)
    classroom.require_configuration(course.root)
    from drycloud.classroom.gradebook.sheets import export

    with alone(course.build, tell=_print_error):
        export(course, assignment, path)
    _out.print(str(path), markup=False)


def _edited(replace: bool) -> str:
    return "replace" if replace else "refuse"


def _print_error(line: str) -> None:
    _err.print(f"drycloud: {line}", markup=False)
