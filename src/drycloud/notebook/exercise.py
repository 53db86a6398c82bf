"""An exercise and its solution, read from their py:percent files."""

import ast
from functools import cache, lru_cache
from pathlib import Path

from drycloud.errors import CourseError
from drycloud.notebook.cells import Cell, may_fail, role_of
from drycloud.notebook.imports import skip_grammars
from drycloud.report import Frozen


class Exercise(Frozen, frozen=True):
    """A step as students get it: its cells in order."""

    path: Path
    cells: list[Cell]

    def sources(self, role: str) -> list[str]:
        """The sources of the cells of that role, in order."""
        return [cell.source for cell in self.cells if cell.role == role]


def load_exercise(path: Path) -> Exercise:
    """The exercise in a py:percent file; raises CourseError if a cell is missing or has no role."""
    return _parse_exercise(path, read_text(path))


@cache
def _parse_exercise(path: Path, text: str) -> Exercise:
    exercise = Exercise(path, percent_cells(text))
    if not exercise.sources("task") and not exercise.sources("answer"):
        raise CourseError("no task cell", where=path, hint="""start one with '# %% tags=["task"]'""")
    for cell in exercise.cells:
        if cell.role == "own":
            raise CourseError(
                f"this cell has no role: {cell.source[:40]!r}", where=path, hint="tag it scene, task or check"
            )
    _require_scene(exercise)
    return exercise


def load_solution(path: Path, exercise: Exercise) -> list[str]:
    """The solved task cells, in order; raises CourseError unless there are as many as the exercise has."""
    cells = [cell.source for cell in percent_cells(read_text(path)) if cell.is_code]
    return _require_same_number(cells, exercise, "task", path)


def load_reference(path: Path, exercise: Exercise) -> list[str]:
    """The reference answers, in order; raises CourseError unless there are as many as the exercise has."""
    cells = [cell.source for cell in percent_cells(read_text(path)) if cell.role == "answer"]
    return _require_same_number([source for source in cells if source.strip()], exercise, "answer", path)


def _require_same_number(cells: list[str], exercise: Exercise, role: str, path: Path) -> list[str]:
    wanted = len(exercise.sources(role))
    if len(cells) != wanted:
        what = f"{len(cells)} {role} cells, where the exercise has {wanted}"
        raise CourseError(what, where=path, hint="make them as many")
    return cells


def read_text(path: Path) -> str:
    """The text of a file of a step; raises CourseError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError("is missing", where=path, hint="write it, or correct the step's name in course.yml") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"cannot be read: {error}", where=path) from None


@lru_cache(maxsize=256)
def percent_cells(text: str) -> list[Cell]:
    """The cells of a text in py:percent form; shell cells get their magic back."""
    skip_grammars()
    import jupytext  # an instructor's extra: a student's practice does not call this

    notebook = jupytext.reads(text, fmt="py:percent")
    cells = [
        Cell(role_of(cell.cell_type, tags), cell.source, f"cell {number}", may_fail(tags))
        for number, cell in enumerate(notebook.cells, start=1)
        for tags in [cell.metadata.get("tags")]
    ]
    return [cell for cell in cells if cell.source.strip() or cell.role == "answer"]  # an empty answer cell still counts


def scene_source(cell: str) -> str:
    """The source of a scene cell without the import and the call of `simulate`: only the definition of `scene`."""
    tree = ast.parse(cell)
    tree.body = [node for node in tree.body if not (_calls_simulate(node) or _imports_practice(node))]
    return ast.unparse(tree)


def _require_scene(exercise: Exercise) -> None:
    """Raises CourseError for a task without a scene; a step that only asks questions has none."""
    scenes = exercise.sources("scene")
    if not scenes and not exercise.sources("task"):
        return
    if len(scenes) != 1:
        hint = """start it with '# %% tags=["scene"]'"""
        raise CourseError("there must be one scene cell", where=exercise.path, hint=hint)
    source = scenes[0]
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CourseError(f"scene cell: {error.msg} (line {error.lineno} of the cell)", where=exercise.path) from None
    defines = any(isinstance(node, ast.FunctionDef) and node.name == "scene" for node in tree.body)
    if not defines or not any(_calls_simulate(node) for node in tree.body):
        hint = "it defines 'def scene(…)' and ends with 'given = simulate(scene)'"
        raise CourseError("the scene cell defines no scene", where=exercise.path, hint=hint)


def _imports_practice(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "drycloud"


def _calls_simulate(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Assign | ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "simulate"
