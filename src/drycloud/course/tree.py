"""A course on disk. Where a step's files are is derived from its assignment and name, never listed."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from drycloud.course.settings import Settings, load_settings
from drycloud.errors import CourseError
from drycloud.report import Frozen

BUILD_VARIABLE = "DRYCLOUD_BUILD"
TREES = ("exercises", "solutions", "graders")


class StepFiles(Frozen, frozen=True):
    """The three files of a step, and the folder of its sample submissions."""

    exercise: Path
    solution: Path
    grader: Path
    samples: Path


class Course(Settings, frozen=True, kw_only=True):
    """What course.yml says, the folder that contains it (`root`), and the folder for everything that is made (`build`).

    `build` is an absolute path, because nbgrader's programs change the working directory.
    """

    root: Path
    build: Path

    def files_of(self, assignment: str, step: str) -> StepFiles:
        """The paths of the files of A/S; they need not exist."""
        exercise, solution, grader = (self.root / tree / assignment / f"{step}.py" for tree in TREES)
        return StepFiles(exercise, solution, grader, self.root / "tests" / "submissions" / assignment / step)


def load_course(root: Path) -> Course:
    """The course in `root`; raises CourseError, with file and line, if course.yml is missing or wrong.

    Its build folder is build/ or the one that DRYCLOUD_BUILD names, relative to `root`.
    """
    build = root / Path(os.environ.get(BUILD_VARIABLE) or "build").expanduser()
    return Course(**structs.asdict(load_settings(root)), root=root, build=build.resolve())


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards that contains course.yml, else `start` itself."""
    for folder in (start, *start.parents):
        if (folder / "course.yml").exists():
            return folder
    return start


def check_trees(course: Course) -> None:
    """Raises CourseError if a step lacks a file, or a tree contains a file that belongs to no step."""
    expected = {
        getattr(files, kind)
        for assignment, step in course.select("")
        for files in [course.files_of(assignment.name, step.name)]
        for kind in ("exercise", "solution", "grader")
    }
    for path in sorted(expected):
        if not path.is_file():
            kind = path.relative_to(course.root).parts[0].removesuffix("s")
            raise CourseError(
                f"this {kind} is missing", where=path, hint="write it, or take the step out of course.yml"
            )
    for path in _files_in_trees(course.root):
        if path not in expected:
            raise CourseError(
                "belongs to no step of course.yml", where=path, hint="add the step, or move the file away"
            )


def _files_in_trees(root: Path) -> Iterator[Path]:
    for tree in TREES:
        for path in sorted((root / tree).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
