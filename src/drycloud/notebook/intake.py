"""A submission, read as data: bounded, checked, and only the student's own cells kept."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from drycloud.errors import SubmissionError
from drycloud.notebook.cells import GRADE_TEXT, is_summary, role_of
from drycloud.notebook.exercise import Exercise, percent_cells
from drycloud.report import Frozen

MAX_BYTES = 4 * 1024 * 1024
MAX_CELLS = 1000
SUFFIXES = (".ipynb", ".py", ".sh")
_LOCKED = ("scene", "check", "summary", "grade")
_NAMED = (*_LOCKED, "answer")  # cells that are known by the grade_id that they were released with


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


class Prose(Frozen, frozen=True):
    """What stands in the answer cells, in order ("" where there is nothing), and whether more stands elsewhere."""

    answers: list[str]
    elsewhere: bool = False


class _Found(Frozen, frozen=True):
    """A cell of a submission: its role, its source, and which of its role it was released as (0: nobody knows)."""

    role: str
    source: str
    number: int = 0


def read_submission(path: Path, exercise: Exercise, step: str) -> list[str]:
    """The sources of the student's cells, in order, from an .ipynb, .py or .sh file; `step` is 'A/S'.

    Cells that are ours (the scene, the checks, the grade cell) are left out, whatever was made of them.
    Raises SubmissionError, saying in a student's words what is wrong with the file.
    """
    text = _read(path)
    if path.suffix == ".sh":
        return ["%%bash\n" + text]
    cells = _cells(text, path, step)
    return [text] if cells is None else _own(cells, exercise)


def read_answers(path: Path, exercise: Exercise, step: str) -> Prose:
    """What the student wrote in the answer cells; raises SubmissionError as `read_submission` does.

    Text cells that a student added belong to the answer above them. Code in a step that asks for none may be meant as
    an answer. A file without marks (.py, .sh) has no prose; a step that asks for nothing else refuses it.
    """
    text = _read(path)
    cells = (None if path.suffix == ".sh" else _cells(text, path, step)) or []
    prose = _prose(cells, exercise)
    if not (exercise.sources("task") or prose.elsewhere or any(cell.role == "answer" for cell in cells)):
        raise SubmissionError("it has none of the cells for your answers; hand in the notebook", where=path.name)
    return prose


def _cells(text: str, path: Path, step: str) -> list[_Found] | None:
    """The cells of a notebook or of a .py file with marks; None for a .py file that is one cell."""
    if path.suffix == ".ipynb":
        cells = _of_notebook(text, path, step)
    elif path.suffix != ".py":
        raise SubmissionError("not a notebook (.ipynb), a .py or a .sh file", where=path.name)
    elif marks := [found.start() for found in re.finditer(r"^# %%", text, re.MULTILINE)]:
        _refuse_too_many(len(marks), path)  # reading takes a moment for each
        cells = _of_percent(text, marks[0], path)
    else:
        return None
    _refuse_too_many(len(cells), path)
    return cells


def _refuse_too_many(cells: int, path: Path) -> None:
    if cells > MAX_CELLS:
        raise SubmissionError(f"more than {MAX_CELLS} cells", where=path.name)


def _read(path: Path) -> str:
    with opened(path) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SubmissionError(
            f"larger than {MAX_BYTES // 1024**2} MiB; clear its outputs and submit again", where=path.name
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionError("not a text in UTF-8; save it again as UTF-8", where=path.name) from None


def opened(path: Path) -> BinaryIO:
    """The file itself, or SubmissionError: no link is followed, no pipe waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise SubmissionError("there is no such file", where=path.name) from None
    except (OSError, ValueError) as error:
        is_link = getattr(error, "errno", None) == errno.ELOOP
        why = "a link, which is not followed: hand in the files themselves" if is_link else "it cannot be opened"
        raise SubmissionError(why, where=path.name) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SubmissionError("not a file", where=path.name)
    return os.fdopen(descriptor, "rb")


def _of_percent(text: str, first: int, path: Path) -> list[_Found]:
    """The cells of a .py file whose first cell mark is at `first`; what is above is the student's, if it is code.

    A header is cut off, or put below a mark: jupytext would read it as YAML, which a few lines can make endless.
    """
    above = [line for line in text[:first].splitlines() if line.strip() and not line.startswith("#")]
    try:
        cells = percent_cells(f"# %%\n{text}" if above else text[first:])
    except Exception:  # jupytext believes what it reads: marks that are none end in errors of every kind
        raise SubmissionError("the marks of its cells ('# %%') cannot be read", where=path.name) from None
    return [_Found(cell.role, cell.source) for cell in cells]


def _of_notebook(text: str, path: Path, step: str) -> list[_Found]:
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
    return [_found(cell) for cell in notebook.cells]


def _found(cell: _RawCell) -> _Found:
    nbgrader = cell.metadata.get("nbgrader")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    role, _, number = grade_id.partition("-") if isinstance(grade_id, str) else ("", "", "")
    if role in _NAMED:
        return _Found(role, cell.text, int(number) if re.fullmatch(r"[0-9]{1,3}", number) else 0)
    return _Found(role_of(cell.cell_type, cell.metadata.get("tags")), cell.text)


def _own(cells: list[_Found], exercise: Exercise) -> list[str]:
    """Keep what the student wrote; a locked cell is known by its tag or, where that was lost, by its text."""
    ours = {_squeezed(cell.source) for cell in exercise.cells if cell.role in _LOCKED}
    theirs = [cell.source for cell in cells if cell.role in ("task", "own") and cell.source.strip()]
    return [source for source in theirs if _squeezed(source) not in ours and not is_summary(source)]


def _prose(cells: list[_Found], exercise: Exercise) -> Prose:
    """Each answer where it belongs: by the number that its cell was released with, else in the order of the cells."""
    stubs = exercise.sources("answer")
    ours = {_squeezed(source) for source in [GRADE_TEXT, *(c.source for c in exercise.cells if not c.is_code)]}
    written: list[list[str]] = [[] for _ in stubs]
    at, elsewhere = -1, not exercise.sources("task") and bool(_own(cells, exercise))
    for cell in cells:
        if cell.role == "answer":
            at = min(cell.number - 1 if cell.number else at + 1, len(stubs) - 1)
        is_theirs = cell.source.strip() and _squeezed(cell.source) not in ours
        if stubs and is_theirs and cell.role in ("answer", "text", "notes"):
            written[max(at, 0)].append(cell.source.strip())
            elsewhere = elsewhere or cell.role != "answer"
    return Prose(["\n\n".join(parts) for parts in written], elsewhere)


def _squeezed(source: str) -> str:
    return "".join(source.split())
