"""Where a step's files are: derived from its assignment and name, never listed."""

from collections.abc import Iterator
from pathlib import Path

from drycloud.course.settings import Course
from drycloud.errors import CourseError
from drycloud.report import Frozen

TREES = ("exercises", "solutions", "graders")


class StepFiles(Frozen, frozen=True):
    """The three files of a step, and the folder of its sample submissions."""

    exercise: Path
    solution: Path
    grader: Path
    samples: Path


def files_of(root: Path, assignment: str, step: str) -> StepFiles:
    """The paths of the files of A/S below `root`; they need not exist."""
    exercise, solution, grader = (root / tree / assignment / f"{step}.py" for tree in TREES)
    return StepFiles(exercise, solution, grader, root / "tests" / "submissions" / assignment / step)


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards that contains course.yml, else `start` itself."""
    for folder in (start, *start.parents):
        if (folder / "course.yml").exists():
            return folder
    return start


def check_trees(root: Path, course: Course) -> None:
    """Raises CourseError if a step lacks a file, or a tree contains a file that belongs to no step."""
    expected = {
        getattr(files, kind)
        for assignment in course.assignments
        for step in assignment.steps
        for files in [files_of(root, assignment.name, step.name)]
        for kind in ("exercise", "solution", "grader")
    }
    for path in sorted(expected):
        if not path.is_file():
            kind = path.relative_to(root).parts[0].removesuffix("s")
            raise CourseError(
                f"this {kind} is missing", where=path, hint="write it, or take the step out of course.yml"
            )
    for path in _files_in_trees(root):
        if path not in expected:
            raise CourseError(
                "belongs to no step of course.yml", where=path, hint="add the step, or move the file away"
            )


def _files_in_trees(root: Path) -> Iterator[Path]:
    for tree in TREES:
        for path in sorted((root / tree).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
