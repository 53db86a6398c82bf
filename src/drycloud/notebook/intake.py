"""A submission, read as data: bounded, checked, and only the student's own cells kept."""

import os
import re
import stat
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from drycloud.errors import SubmissionError
from drycloud.notebook.cells import role_of
from drycloud.notebook.exercise import Exercise, percent_cells

MAX_BYTES = 4 * 1024 * 1024
MAX_CELLS = 1000
SUFFIXES = (".ipynb", ".py", ".sh")
_LOCKED = ("scene", "check", "grade")


class _RawCell(Struct):
    cell_type: str
    source: str | list[str] = ""
    metadata: dict[str, Any] = {}

    @property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else "".join(self.source)


class _RawNotebook(Struct):
    nbformat: int
    cells: list[_RawCell] = []
    metadata: dict[str, Any] = {}


def read_submission(path: Path, exercise: Exercise, step: str) -> list[str]:
    """The sources of the student's cells, in order, from an .ipynb, .py or .sh file; `step` is 'A/S'.

    Cells that are ours (the scene, the checks, the grade cell) are left out, whatever was made of them.
    Raises SubmissionError, saying in a student's words what is wrong with the file.
    """
    text = _read(path)
    if path.suffix == ".ipynb":
        return _of_notebook(text, path, exercise, step)
    if path.suffix == ".sh":
        return ["%%bash\n" + text]
    if path.suffix != ".py":
        raise SubmissionError("not a notebook (.ipynb), a .py or a .sh file", where=path.name)
    marks = re.search(r"^# %%", text, re.MULTILINE)
    return _of_percent(text, marks.start(), path, exercise) if marks else [text]


def _read(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise SubmissionError("there is no such file", where=path.name) from None
    except (OSError, ValueError):
        raise SubmissionError("the file cannot be opened (a link, or not readable)", where=path.name) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SubmissionError("not a file", where=path.name)
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SubmissionError(
            f"larger than {MAX_BYTES // 1024**2} MiB; clear its outputs and submit again", where=path.name
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionError("not a text in UTF-8; save it again as UTF-8", where=path.name) from None


def _of_percent(text: str, first: int, path: Path, exercise: Exercise) -> list[str]:
    """The student's cells of a .py file whose first cell mark is at `first`; what is above is theirs, if it is code.

    A header is cut off, or put below a mark: jupytext would read it as YAML, which a few lines can make endless.
    """
    above = [line for line in text[:first].splitlines() if line.strip() and not line.startswith("#")]
    try:
        cells = percent_cells(f"# %%\n{text}" if above else text[first:])
    except Exception:  # jupytext believes what it reads: marks that are none end in errors of every kind
        raise SubmissionError("the marks of its cells ('# %%') cannot be read", where=path.name) from None
    return _own([(cell.role, cell.source) for cell in cells], path, exercise)


def _of_notebook(text: str, path: Path, exercise: Exercise, step: str) -> list[str]:
    try:
        notebook = msgspec.json.decode(text, type=_RawNotebook)
    except (msgspec.DecodeError, RecursionError):  # DecodeError: also what is JSON, but no notebook
        raise SubmissionError("not a notebook: its JSON is damaged or incomplete", where=path.name) from None
    if notebook.nbformat != 4:
        raise SubmissionError(
            "a notebook of another format than 4; open it in Jupyter and save it again", where=path.name
        )
    other = notebook.metadata.get("drycloud")
    belongs = other.get("step") if isinstance(other, dict) else None
    if isinstance(belongs, str) and belongs != step:
        raise SubmissionError(f"this is the notebook of {belongs[:80]}, not of {step}", where=path.name)
    return _own([(_role(cell), cell.text) for cell in notebook.cells], path, exercise)


def _role(cell: _RawCell) -> str:
    nbgrader = cell.metadata.get("nbgrader")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if isinstance(grade_id, str) and grade_id.split("-")[0] in _LOCKED:
        return grade_id.split("-")[0]
    return role_of(cell.cell_type, cell.metadata.get("tags"))


def _own(cells: list[tuple[str, str]], path: Path, exercise: Exercise) -> list[str]:
    """Keep what the student wrote; a locked cell is known by its tag or, where that was lost, by its text."""
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"more than {MAX_CELLS} cells", where=path.name)
    ours = {_squeezed(cell.source) for cell in exercise.cells if cell.role in _LOCKED}
    return [
        source for role, source in cells if role in ("task", "own") and source.strip() and _squeezed(source) not in ours
    ]


def _squeezed(source: str) -> str:
    return "".join(source.split())
