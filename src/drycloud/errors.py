"""What can go wrong, as exceptions; each carries one line for the person who reads it.

DrycloudError                 anything that ends a command with exit status 2
├── UsageError                the command line asks for something that does not exist
├── CourseError               course.yml or one of the three trees is wrong
├── SubmissionError           a submission cannot be read (ends in a report, not in a stopped class)
├── SandboxError              no sandbox can be started on this machine, so nothing is graded
├── LeakError                 a release would give something away
└── StoreError                results cannot be written
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path


class DrycloudError(Exception):
    """One clear line: what is wrong, where, and what to do."""

    def __init__(self, what: str, *, where: Path | str | None = None, line: int | None = None, hint: str = ""):
        super().__init__(what)
        self.what, self.where, self.line, self.hint = what, where, line, hint

    def __str__(self) -> str:
        place = "" if self.where is None else f"{self.where}{f':{self.line}' if self.line else ''}: "
        text = f"{place}{self.what}{f' — {self.hint}' if self.hint else ''}"
        return " ".join(text.split())


def choice(name: str, known: Sequence[str], likely: Iterable[str] = ()) -> str:
    """A hint for an unknown name: the known names, and which of them, or of the `likely` ones, may have been meant."""
    meant = [*likely, *get_close_matches(name, known, 1)][:1]
    return "".join(f"did you mean '{one}'? " for one in meant) + f"there is: {', '.join(known)}"


class UsageError(DrycloudError):
    """The command line asks for something that does not exist."""


class CourseError(DrycloudError):
    """course.yml, an exercise, a solution or a grader is wrong."""


class SubmissionError(DrycloudError):
    """A submission cannot be read as one."""


class SandboxError(DrycloudError):
    """Untrusted code cannot be run safely here."""


class LeakError(DrycloudError):
    """A release holds something that students must not see."""


class StoreError(DrycloudError):
    """Results cannot be written or read back."""
