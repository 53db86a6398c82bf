"""What a step is worth: the points of its checks, which stand nowhere else."""

from pathlib import Path

from drycloud.course import files_of
from drycloud.errors import CourseError
from drycloud.grading.checks import mark_of
from drycloud.notebook import load_exercise


def step_points(root: Path, assignment: str, step: str) -> float:
    """The sum over the visible and the hidden checks of A/S; raises CourseError when they cannot be read."""
    files = files_of(root, assignment, step)
    visible = [(files.exercise, source) for source in load_exercise(files.exercise).sources("check")]
    try:
        hidden = [(files.grader, files.grader.read_text(encoding="utf-8"))]
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=files.grader) from None
    points = sum(_points_in(source, path) for path, source in [*visible, *hidden])
    if not points:
        raise CourseError(
            "no check, so the step is worth nothing", where=files.grader, hint="add one with @check"
        )
    return points


def _points_in(source: str, path: Path) -> float:
    names: dict[str, object] = {"__name__": f"checks_of_{path.stem}", "__file__": str(path)}
    try:
        exec(compile(source, str(path), "exec"), names)  # the course's own code, in the trusted process
    except Exception as error:
        raise CourseError(f"cannot be run: {type(error).__name__}: {error}", where=path) from None
    marks = [mark_of(value) for value in {id(value): value for value in names.values()}.values()]
    return sum(mark.points for mark in marks if mark)
