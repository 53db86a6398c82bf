"""What a release must not contain: solutions, hidden checks and instructor's notes, in pieces to search for.

Texts are compared without white space. A piece is searched for only if it is distinctive (long enough) and
is nowhere in what students get anyway.
"""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

from drycloud.course import Course
from drycloud.errors import CourseError
from drycloud.notebook import load_exercise
from drycloud.notebook.exercise import percent_cells, read_text
from drycloud.report import Frozen

MIN_LINE = 20
MIN_BLOCK = 16
MIN_CELL = 8
MIN_UNMISTAKABLE = 48
Kind = Literal["line", "block", "name", "sentence"]


class Secret(Frozen, frozen=True):
    """One piece: where it is, and the text to search for."""

    where: str
    kind: Kind
    shown: str
    needle: str

    @property
    def is_unmistakable(self) -> bool:
        """Whether a program cannot contain it by chance, as it can a line, or two such as MinCount=1 and MaxCount=1."""
        return self.kind == "name" or (self.kind != "line" and len(self.needle) >= MIN_UNMISTAKABLE)


def secrets_of(course: Course) -> list[Secret]:
    """Every piece of every step of the course that students must not see."""
    public = "\0".join(_public(course))
    pieces: dict[str, Secret] = {}
    for assignment in course.assignments:
        for step in assignment.steps:
            for secret in _of_step(course, assignment.name, step.name):
                if secret.needle not in public:
                    pieces.setdefault(secret.needle, secret)
    return list(pieces.values())


def squeezed(text: str) -> str:
    """A text without white space, in lower case."""
    return "".join(text.split()).casefold()


def _public(course: Course) -> Iterator[str]:
    for assignment in course.assignments:
        for step in assignment.steps:
            exercise = load_exercise(course.files_of(assignment.name, step.name).exercise)
            yield from (squeezed(cell.source) for cell in exercise.cells if cell.role != "notes")


def _of_step(course: Course, assignment: str, step: str) -> Iterator[Secret]:
    files = course.files_of(assignment, step)
    for cell in percent_cells(read_text(files.solution)):
        yield from _pieces(cell.source, f"solutions/{assignment}/{step}.py")
    for source in load_exercise(files.exercise).sources("notes"):
        yield from _pieces(source, f"the notes of exercises/{assignment}/{step}.py")
    yield from _of_grader(files.grader, f"graders/{assignment}/{step}.py")


def _of_grader(path: Path, where: str) -> Iterator[Secret]:
    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        raise CourseError(f"cannot be read: {error}", where=path) from None
    yield from _pieces(text, where, whole=False)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield Secret(where, "name", node.name, squeezed(node.name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _sentence(node.value, where)


def _sentence(text: str, where: str) -> Iterator[Secret]:
    if len(text.split()) >= 3 and len(squeezed(text)) >= MIN_BLOCK:
        yield Secret(where, "sentence", text, squeezed(text))


def _pieces(source: str, where: str, *, whole: bool = True) -> Iterator[Secret]:
    lines = [line.strip() for line in source.splitlines() if line.strip() and not _is_common(line.strip())]
    for line in lines:
        if len(squeezed(line)) >= MIN_LINE:
            yield Secret(where, "line", line, squeezed(line))
    for one, two in pairwise(lines):
        if len(squeezed(one + two)) >= MIN_BLOCK:
            yield Secret(where, "block", f"{one} / {two}", squeezed(one + two))
    if whole and len(squeezed(source)) >= MIN_CELL:
        yield Secret(where, "block", lines[0] if lines else source, squeezed(source))


def _is_common(line: str) -> bool:
    """Whether a line is common to many programs."""
    return line.startswith(("import ", "from ", "%%bash", "# %%", "#!", '"""')) or not any(c.isalnum() for c in line)
