"""Source notebooks for nbgrader, made from the three trees."""

import json
from pathlib import Path
from typing import Any, Literal

import nbformat

from drycloud.classroom.notebooks.guides import add_guides
from drycloud.classroom.notebooks.points import points_of, step_suite
from drycloud.classroom.notebooks.reviews import Digests, digests_of, note, noted_in, unchanged
from drycloud.classroom.notebooks.step_notebooks import Written, source_notebook
from drycloud.classroom.notebooks.terms import terms
from drycloud.course import Course
from drycloud.errors import StoreError, UsageError
from drycloud.lab.guard import MARKER
from drycloud.notebook import load_exercise, load_reference, load_solution

Edited = Literal["refuse", "keep", "replace"]  # what happens to notebooks that somebody edited


def build(course: Course, assignment: str, edited: Edited = "refuse") -> list[Path]:
    """Write source/A/S.ipynb in the build folder for each step of an assignment, replacing an earlier build.

    It also writes the file that guards a release's folder; nbgrader copies it. Raises UsageError for a notebook that
    belongs to no step, and, unless `edited` says otherwise, for one that was edited since it was written.
    """
    notebooks = _notebooks(course, assignment)
    folder, noted = course.build / "source" / assignment, _digests(course, assignment)
    others = [path for path in edited_in(course, assignment) if not _has_content(path, notebooks.get(path.name))]
    if edited == "replace":
        others = [path for path in others if path.name not in notebooks]
    if strange := [path for path in others if path.name not in notebooks and path.name not in noted]:
        hint = "move it away, or make it a step of course.yml"
        raise UsageError(f"belongs to no step of {assignment}", where=strange[0], hint=hint)
    if others and edited == "refuse":
        step = others[0].stem
        hint = f"make the change in exercises/{assignment}/{step}.py, or use --replace to overwrite the notebook"
        raise UsageError(f"was edited since drycloud wrote it{_and_more(others)}", where=others[0], hint=hint)
    kept = {path.name for path in others}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in noted.keys() - notebooks.keys() - kept:  # a step that no longer exists
            (folder / name).unlink(missing_ok=True)
        written = {name: text for name, text in notebooks.items() if name not in kept}
        for name, text in {**written, MARKER: marker()}.items():
            (folder / name).write_text(text, encoding="utf-8")
        digests = digests_of({name: _content(text) for name, text in written.items()})
        note(_digests_path(course, assignment), {**{name: noted[name] for name in kept & noted.keys()}, **digests})
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", where=folder) from None
    return [folder / name for name in notebooks]


def edited_in(course: Course, assignment: str) -> list[Path]:
    """The source notebooks of an assignment that are not as `build` wrote them, in the order of their names."""
    there = {path.name: path for path in (course.build / "source" / assignment).glob("*.ipynb")}
    digests = digests_of({name: _content(path.read_text("utf-8", "replace")) for name, path in there.items()})
    same = unchanged(_digests_path(course, assignment), digests)
    return [there[name] for name in sorted(there.keys() - same)]


def _notebooks(course: Course, assignment: str) -> dict[str, str]:
    """The notebooks by the names of their files."""
    notebooks = {}
    for step in course.assignment(assignment).steps:
        files = course.files_of(assignment, step.name)
        exercise = load_exercise(files.exercise)
        solution = Written(load_solution(files.solution, exercise), load_reference(files.solution, exercise))
        suite = step_suite(course, assignment, step.name)
        points, name = points_of(suite, course.limits), f"{assignment}/{step.name}"
        notebook = source_notebook(exercise, solution, points, name, terms(course))
        add_guides(notebook, suite.rubrics, [])
        notebooks[f"{step.name}.ipynb"] = nbformat.writes(notebook) + "\n"
    return notebooks


def _has_content(path: Path, text: str | None) -> bool:
    """Whether the file already has this text."""
    return text is not None and _content(path.read_text("utf-8", "replace")) == _content(text)


def _digests_path(course: Course, assignment: str) -> Path:
    return course.build / "written" / f"{assignment}.json"


def _digests(course: Course, assignment: str) -> Digests:
    return noted_in(_digests_path(course, assignment))


def _and_more(paths: list[Path]) -> str:
    return f", as were {len(paths) - 1} more" if len(paths) > 1 else ""


def _content(text: str) -> str:
    """A notebook's content without outputs: Jupyter changes the file when somebody only ran a cell and saved."""
    try:
        cells = json.loads(text)["cells"]
        kept = [[cell["cell_type"], "".join(cell["source"]), _own_metadata(cell["metadata"])] for cell in cells]
    except (ValueError, TypeError, KeyError, RecursionError):
        return text
    return json.dumps(kept, sort_keys=True)


def _own_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key in ("nbgrader", "drycloud", "tags")}


def marker() -> str:
    """The text of the file that marks a release's folder, and keeps a Python without drycloud away from AWS."""
    return (Path(__file__).parent.parent / "templates" / f"{MARKER}.txt").read_text(encoding="utf-8")
