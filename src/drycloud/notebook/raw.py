"""The JSON of a notebook, of nbformat 2 to 4, read within bounds: its cells, and the step that its metadata names.

Outputs, attachments and the state of widgets are skipped without being kept, whatever their size. What is kept is
counted while it is read: each cell by its type, which it must have, and the rest as text that is not parsed yet.
"""

from typing import Any

import msgspec
from msgspec import Raw, Struct

from drycloud.errors import SubmissionError
from drycloud.notebook.files import MAX_BYTES, NOT_UTF8
from drycloud.report import Frozen

MAX_CELLS = 1000
_MAX_METADATA = 64 * 1024
_DAMAGED = "not a notebook: its JSON is damaged or incomplete"
_NOTHING = Raw(b"null")
_CODE = "code"


class RawCell(Frozen, frozen=True):
    """A cell as it is in the file; `metadata` can be anything, since a student can change it."""

    is_code: bool
    source: str
    metadata: dict[str, Any]


class RawNotebook(Frozen, frozen=True):
    """A notebook: its cells in order, and the step that it was released for, '' if it names none."""

    cells: list[RawCell]
    step: str = ""


class _Type:
    """A cell's type, counted."""

    def __init__(self, name: str):
        self.name = name


class _Cell(Struct):
    cell_type: _Type
    source: Raw = _NOTHING
    input: Raw = _NOTHING  # the source of code, before nbformat 4
    metadata: Raw = _NOTHING


class _Sheet(Struct):
    cells: list[_Cell] = []


class _Notebook(Struct):
    nbformat: int
    cells: list[_Cell] = []
    worksheets: Raw = _NOTHING
    metadata: Raw = _NOTHING


class _Metadata(Struct):
    drycloud: Raw = _NOTHING


def parse_notebook(data: bytes, name: str) -> RawNotebook:
    """The notebook in a file with this name; raises SubmissionError if it cannot be read or is too large."""
    try:
        found = msgspec.json.decode(data, type=_Notebook, dec_hook=_counter(name))
        cells = found.cells or _cells_of_sheets(found.worksheets, name)
        if found.nbformat not in (2, 3, 4):
            raise SubmissionError(
                f"a notebook of format {str(found.nbformat)[:9]}, which nothing here knows; "
                "open it in Jupyter and save it again",
                where=name,
            )
        if sum(len(bytes_of(cell.source)) + len(bytes_of(cell.input)) for cell in cells) > MAX_BYTES:
            raise SubmissionError(f"more than {MAX_BYTES // 1024**2} MiB without its outputs", where=name)
        return RawNotebook([_cell(cell) for cell in cells], _step(found.metadata))
    except (msgspec.DecodeError, RecursionError, ValueError):  # DecodeError: also for JSON that is not a notebook
        raise SubmissionError(_why_not(data), where=name) from None


def _why_not(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:  # an archive, for instance
        return NOT_UTF8
    return _DAMAGED


def bytes_of(raw: Raw) -> memoryview:
    """A raw value's bytes, not copied."""
    return memoryview(raw)


def _counter(name: str) -> Any:
    left = MAX_CELLS

    def counted(_: type, value: Any) -> _Type:
        nonlocal left
        left -= 1
        if left < 0:
            raise SubmissionError(f"more than {MAX_CELLS} cells", where=name)
        if not isinstance(value, str):
            raise ValueError("a cell's type is a word")
        return _Type(value)

    return counted


def _cells_of_sheets(raw: Raw, name: str) -> list[_Cell]:
    """The cells before nbformat 4; a notebook that old may not be larger than a text."""
    if len(bytes_of(raw)) > MAX_BYTES:
        raise SubmissionError("a large notebook of an old format; open it in Jupyter and save it again", where=name)
    sheets = msgspec.json.decode(raw, type=list[_Sheet] | None, dec_hook=_counter(name)) or []
    return [cell for sheet in sheets for cell in sheet.cells]


def _cell(cell: _Cell) -> RawCell:
    source = _text(cell.source) or _text(cell.input)
    return RawCell(cell.cell_type.name == _CODE, source, _dictionary(cell.metadata))


def _text(raw: Raw) -> str:
    found = msgspec.json.decode(raw, type=str | list[str] | None)
    return found if isinstance(found, str) else "".join(found or [])


def _dictionary(raw: Raw) -> dict[str, Any]:
    if len(bytes_of(raw)) > _MAX_METADATA:
        return {}
    found = msgspec.json.decode(raw)
    return found if isinstance(found, dict) else {}


def _step(raw: Raw) -> str:
    try:
        named = _dictionary(msgspec.json.decode(raw, type=_Metadata).drycloud).get("step")
    except msgspec.DecodeError:  # metadata that is not an object
        return ""
    return named if isinstance(named, str) else ""
