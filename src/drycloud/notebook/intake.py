"""A submission, read as data: bounded, checked, and only the student's own cells kept."""

import re
from pathlib import Path

from drycloud.errors import SubmissionError
from drycloud.notebook.cells import GRADE_TEXT, may_fail, role_of
from drycloud.notebook.exercise import Exercise
from drycloud.notebook.files import kind_of, opened, read_json, read_text
from drycloud.notebook.own import LOCKED, Found, Own, own_cells, squeezed
from drycloud.notebook.percent import is_marked, marked_cells
from drycloud.notebook.raw import RawCell, parse_notebook
from drycloud.report import Frozen

_NAMED = (*LOCKED, "answer", "task")  # cells that are recognised by the grade_id in their release


class Prose(Frozen, frozen=True):
    """The content of the answer cells, in order ("" for an empty one), and whether there is prose elsewhere."""

    answers: list[str]
    elsewhere: bool = False


def read_submission(path: Path, exercise: Exercise, step: str) -> list[str]:
    """The sources of the student's cells, in order, as `read_own` finds them."""
    return [cell.source for cell in read_own(path, exercise, step).cells]


def read_own(path: Path, exercise: Exercise, step: str) -> Own:
    """The student's cells, in order, from a notebook, a .py or a .sh file; `step` is 'A/S'.

    Unchanged cells of the exercise are left out: the scene, the checks, the summary.
    Raises SubmissionError, saying in a student's words what is wrong with the file.
    """
    cells = _cells(path, step)
    if isinstance(cells, str):
        return Own([Found("task", cells)], is_program=True)
    return own_cells(cells, exercise)


def read_answers(path: Path, exercise: Exercise, step: str) -> Prose:
    """What the student wrote in the answer cells; raises SubmissionError as `read_own` does.

    Text cells that a student added belong to the answer above them. Code in a step that asks for none may be meant as
    an answer. A file without marks (.py, .sh) has no prose; it is refused if the step asks for prose alone.
    """
    found = _cells(path, step)
    cells = [] if isinstance(found, str) else found
    prose = _prose(cells, exercise)
    if not (exercise.sources("task") or prose.elsewhere or any(cell.role == "answer" for cell in cells)):
        raise SubmissionError("it has none of the cells for your answers; hand in the notebook", where=path.name)
    return prose


def step_named(path: Path) -> str:
    """The step ('A/S') that a notebook's metadata name, else ''; raises SubmissionError if it cannot be read."""
    return parse_notebook(read_json(path), path.name).step if kind_of(path.name) == ".ipynb" else ""


def _cells(path: Path, step: str) -> list[Found] | str:
    """The cells of a notebook or of a .py file with marks; for a file without marks, its source."""
    kind = kind_of(path.name)
    if kind == ".ipynb":
        return _of_notebook(path, step)
    if not kind:
        opened(path).close()  # report a link or a folder first
        raise SubmissionError("not a notebook (.ipynb), a .py or a .sh file", where=path.name)
    text = read_text(path)
    if kind == ".sh":
        return "%%bash\n" + text
    return marked_cells(text, path.name) if is_marked(text) else text


def _of_notebook(path: Path, step: str) -> list[Found]:
    notebook = parse_notebook(read_json(path), path.name)
    if notebook.step not in ("", step):
        raise SubmissionError(f"this is the notebook of {notebook.step[:80]}, not of {step}", where=path.name)
    return [_found(cell) for cell in notebook.cells]


def _found(cell: RawCell) -> Found:
    nbgrader, tags = cell.metadata.get("nbgrader"), cell.metadata.get("tags")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    role, _, number = grade_id.partition("-") if isinstance(grade_id, str) else ("", "", "")
    if role in _NAMED:
        numbered = int(number) if re.fullmatch(r"[0-9]{1,3}", number) else 0
        return Found(role, cell.source, numbered, is_text=not cell.is_code, may_fail=may_fail(tags))
    if not cell.is_code and isinstance(tags, list) and "task" in tags:
        return Found("task", cell.source, is_text=True)
    role = role_of("code" if cell.is_code else "markdown", tags)
    return Found(role, cell.source, is_text=not cell.is_code, may_fail=may_fail(tags))


def _prose(cells: list[Found], exercise: Exercise) -> Prose:
    """Assign each answer by the number with which its cell was released, else in the order of the cells."""
    stubs = exercise.sources("answer")
    ours = {squeezed(source) for source in [GRADE_TEXT, *(c.source for c in exercise.cells if not c.is_code)]}
    written: list[list[str]] = [[] for _ in stubs]
    at, elsewhere = -1, not exercise.sources("task") and bool(own_cells(cells, exercise).cells)
    for cell in cells:
        if cell.role == "answer":
            at = min(cell.number - 1 if cell.number else at + 1, len(stubs) - 1)
        is_theirs = cell.source.strip() and squeezed(cell.source) not in ours
        if stubs and is_theirs and cell.role in ("answer", "text", "notes"):
            written[max(at, 0)].append(cell.source.strip())
            elsewhere = elsewhere or cell.role != "answer"
    return Prose(["\n\n".join(parts) for parts in written], elsewhere)
