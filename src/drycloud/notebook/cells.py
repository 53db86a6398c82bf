"""A cell and its role in a lesson."""

from typing import Any, Literal, cast, get_args

from drycloud.report import Frozen

Role = Literal["text", "notes", "answer", "scene", "task", "check", "grade", "own"]
ROLES = get_args(Role)
_READ = ("text", "notes", "answer")


class Cell(Frozen, frozen=True):
    """One cell.

    Roles: `text` is the lesson, `notes` are the instructor's alone, `answer` is the place for a student's prose, `own`
    is a student's addition.
    """

    role: Role
    source: str
    name: str = ""

    @property
    def is_code(self) -> bool:
        """Whether the cell is run, rather than read."""
        return self.role not in _READ


def role_of(cell_type: str, tags: Any) -> Role:
    """A cell's role from its type and its tags (a list of strings, or anything at all in a submission)."""
    named = [tag for tag in tags if tag in ROLES] if isinstance(tags, list) else []
    if cell_type != "code":
        return "notes" if "notes" in named else "answer" if "answer" in named else "text"
    fitting = [tag for tag in named if tag not in _READ]
    return cast(Role, fitting[0]) if fitting else "own"
