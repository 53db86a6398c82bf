"""A cell and its role in a lesson."""

import re
from typing import Any, Literal, cast, get_args

from drycloud.report import Frozen

Role = Literal["text", "notes", "answer", "scene", "task", "check", "summary", "grade", "own"]
ROLES = get_args(Role)
_READ = ("text", "notes", "answer")
_MAY_FAIL = "raises-exception"  # Jupyter's own tag
# The two cells at the end of a released notebook. The cell for the mark is not code, so that no kernel can give a mark:
# nbgrader would read it from the outputs of a code cell, and take no output at all for full marks.
GRADE_TEXT = "**Your mark.** It is not made in this notebook: hand it in. There is nothing to do in this cell."
_SUMMARY = """\
# What your mark will be made of. There is nothing to do in this cell.
from drycloud import summary

summary("""
_NUMBERS = re.compile(r"[a-z0-9=.,]*\)")


class Cell(Frozen, frozen=True):
    """One cell.

    Roles: `text` is the lesson, `notes` are the instructor's alone, `answer` is the place for a student's prose, `own`
    is a student's addition; `summary` and `grade` are the last two cells of a release.
    """

    role: Role
    source: str
    name: str = ""
    may_fail: bool = False  # an error in it does not stop a notebook

    @property
    def is_code(self) -> bool:
        """Whether the cell is run, rather than read."""
        return self.role not in _READ


def role_of(cell_type: str, tags: Any) -> Role:
    """A cell's role from its type and its tags (a list of strings, or anything in a submission)."""
    named = [tag for tag in tags if tag in ROLES] if isinstance(tags, list) else []
    if cell_type != "code":
        return "notes" if "notes" in named else "answer" if "answer" in named else "text"
    fitting = [tag for tag in named if tag not in _READ]
    return cast(Role, fitting[0]) if fitting else "own"


def may_fail(tags: Any) -> bool:
    """Whether the notebook continues after an error in a cell with these tags."""
    return isinstance(tags, list) and _MAY_FAIL in tags


def summary_source(**numbers: float) -> str:
    """The cell that shows what the mark will be made of; numbers that are 0 are left out."""
    arguments = ", ".join(f"{name}={number:g}" for name, number in numbers.items() if number)
    return f"{_SUMMARY}{arguments})"


def is_summary(source: str) -> bool:
    """Whether this is the summary cell, even without its tags."""
    squeezed, start = "".join(source.split()), "".join(_SUMMARY.split())
    return squeezed.startswith(start) and _NUMBERS.fullmatch(squeezed[len(start) :]) is not None
