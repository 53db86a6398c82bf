"""Names of students and files in one printable line: all students, but not all files."""

from collections.abc import Sequence

MAX_NAMES = 10


def listed(names: Sequence[str]) -> str:
    """The first names, printable and of bounded length, and how many more there are.

    The first folder of names such as STUDENT/FILE is a student's: the first name of each student comes before any
    second one.
    """
    first = {name.partition("/")[0]: number for number, name in reversed(list(enumerate(names)))}
    firsts = set(first.values())
    ordered = sorted(range(len(names)), key=lambda number: number not in firsts)
    most = max(MAX_NAMES, len(firsts))
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(_shown(names[number]) for number in ordered[:most]) + more


def _shown(name: str) -> str:
    """A name as it is if it is printable and unambiguous, otherwise as Python's repr."""
    shown = name if name.isprintable() and not set(name) & set(", '\"") else ascii(name)
    return shown if len(shown) <= 100 else f"{shown[:99]}…"
