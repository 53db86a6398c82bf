"""Which cells of a submission are the student's: all code that is not, word for word, a cell of the exercise.

What a student's notebook does not run, such as text, is reported if it may be work; a teacher then looks at it.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from msgspec import structs

from drycloud.notebook.cells import is_summary
from drycloud.notebook.exercise import Exercise
from drycloud.report import Frozen

LOCKED = ("scene", "check", "summary", "grade")
_NAMES = {"scene": "The scene cell", "check": "A check cell", "summary": "The last cell", "grade": "The last cell"}
_TOKEN = re.compile(r"\w+|[:=!<>]=|\S")
_MAX_LINE = 1000  # characters of a line of text that are examined
_CODE = re.compile(
    r"\s*(?:import \w|from [\w.]+ import\b|%%?\w|!\s*\w|@\w|def \w+\(|aws \w"
    r"|(?:for|while|with|if) .*:\s*$|[A-Za-z_][\w.]*(?:\[[^]]*\])?\s*=\s*\S|[A-Za-z_][\w.]*\()"
)
_FENCE = re.compile(r"\s*(?:```|~~~)\s*(\w*)")

RAN = "{}: its content is not ours any more, so it was run as your own code."
SETS_GIVEN = "{} was not run, although its content is not ours any more: it sets other values than those you are given."
DUPLICATE = "The task cell stands there more than once with the same code; that was run once."
TEXT_RUN = "The task cell had become a text cell. What stands in it was run as code."
TEXT_NOT_RUN = "The task cell had become a text cell. It was not run, for there is other code of yours beside it."
TEXT_IS_CODE = "There is code in a text cell, where it is not run."


class Found(Frozen, frozen=True):
    """A cell of a submission: its role, its source, and its number among the released cells of that role (0: unknown).

    `is_text` is true if the cell is not code, whatever its role; `may_fail` if the student tagged it so that an
    error in it does not stop the notebook.
    """

    role: str
    source: str
    number: int = 0
    is_text: bool = False
    may_fail: bool = False


class Own(Frozen, frozen=True):
    """The student's cells, in order; a changed cell of the exercise keeps its role.

    `notes` report each cell that was not in its place, `unread` what may be work and is not run. `is_program` is
    true for a file without cell marks.
    """

    cells: list[Found]
    notes: list[str] = []
    unread: list[str] = []
    is_program: bool = False

    def has_work(self, exercise: Exercise) -> bool:
        """Whether there is more than the stubs: code that is run or may be work."""
        return bool(self.unread) or _ExerciseText(exercise).has_work(self.cells)


class _ExerciseText:
    """The exercise's own content: the locked cells, the stubs, each line; without spaces and line ends."""

    def __init__(self, exercise: Exercise):
        self.locked = {squeezed(cell.source) for cell in exercise.cells if cell.role in LOCKED}
        self.stubs = {squeezed(line) for source in exercise.sources("task") for line in source.splitlines()}
        self.lines = {squeezed(line) for cell in exercise.cells for line in cell.source.splitlines()}

    def is_unchanged(self, source: str) -> bool:
        """Whether a cell is a locked cell and unchanged."""
        return squeezed(source) in self.locked or is_summary(source)

    def has_work(self, cells: Iterable[Found]) -> bool:
        """Whether one of these cells has more than a stub and comments."""
        return any(not line.strip().startswith(("#", "%%")) for cell in cells for line in self.foreign_lines(cell))

    def foreign_lines(self, cell: Found) -> list[str]:
        """The lines of a cell that are not the exercise's; a task's may be the same as in a scene or a lesson."""
        ours = self.stubs if cell.role in ("task", "own") else self.lines
        return [line for line in cell.source.splitlines() if line.strip() and squeezed(line) not in ours]


def own_cells(cells: list[Found], exercise: Exercise) -> Own:
    """The student's cells among the cells of a submission."""
    ours = _ExerciseText(exercise)
    theirs = [cell for cell in cells if cell.source.strip() and not ours.is_unchanged(cell.source)]
    has_work = ours.has_work(filter(_is_run, theirs))
    made: list[Found] = []
    solved: set[str] = set()  # task cells: a duplicate would do everything twice
    notes: list[str] = []
    unread: list[str] = []
    for cell in theirs:
        if cell.is_text and cell.role == "task":
            (unread if has_work else notes).append(TEXT_NOT_RUN if has_work else TEXT_RUN)
            made += [] if has_work else [structs.replace(cell, source=_unfenced(cell.source), is_text=False)]
        elif not _is_run(cell):
            continue
        elif cell.role in LOCKED and any(_sets_given(line) for line in ours.foreign_lines(cell)):
            unread.append(SETS_GIVEN.format(_NAMES[cell.role]))
        elif cell.role in LOCKED:
            made.append(cell)
            notes.append(RAN.format(_NAMES[cell.role]))
        elif (source := squeezed(cell.source)) in solved:
            notes.append(DUPLICATE)
        else:
            made.append(cell)
            solved |= {source} if cell.role == "task" and ours.has_work([cell]) else set()
    if not exercise.sources("answer") and any(_text_is_code(cell, ours) for cell in theirs):
        (notes if ours.has_work(made) else unread).append(TEXT_IS_CODE)
    return Own(made, _once(notes), _once(unread))


def squeezed(source: str) -> str:
    """A source without spaces and line ends, since tools change these."""
    return "".join(source.split())


def _is_run(cell: Found) -> bool:
    """Whether this is code; an answer is prose, whatever its cell's type."""
    return not cell.is_text and cell.role in ("task", "own", *LOCKED)


def _sets_given(line: str) -> bool:
    """Whether a line assigns to `given` or one of its fields; a call of `simulate` gives it the same value."""
    tokens = _TOKEN.findall(line)
    if "given" not in tokens or "simulate" in tokens:
        return False
    binds = {"class", "def", "as", "for"}
    if any(two == "given" and one in binds for one, two in pairwise(tokens)) or ":=" in tokens:
        return True
    target = tokens[: tokens.index("=")] if "=" in tokens else []
    return "given" in target and "(" not in target


def _text_is_code(cell: Found, ours: _ExerciseText) -> bool:
    """Whether a line of a text cell that is not from the exercise looks like code."""
    if not cell.is_text or cell.role == "task":
        return False
    return any(_CODE.match(line[:_MAX_LINE]) for line in ours.foreign_lines(cell))


def _unfenced(source: str) -> str:
    """A text as code: what is between fences (```), or the whole text without fences."""
    fences = [number for number, line in enumerate(source.splitlines()) if _FENCE.match(line)]
    if len(fences) < 2:
        return source
    lines, parts = source.splitlines(), list[str]()
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        parts += lines[first + 1 : last]
    opening = _FENCE.match(lines[fences[0]])
    is_shell = opening is not None and opening[1] in ("bash", "sh", "shell")
    return "\n".join(["%%bash"] * is_shell + parts)


def _once(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))
