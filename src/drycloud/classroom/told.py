"""Names of students and files in one printable line, however many and whatever they are."""

from collections.abc import Sequence

MAX_TOLD = 10


def listed(names: Sequence[str]) -> str:
    """The first names, printable and of bounded length, and how many more there are."""
    more = f" and {len(names) - MAX_TOLD} more" if len(names) > MAX_TOLD else ""
    return ", ".join(_shown(name) for name in names[:MAX_TOLD]) + more


def _shown(name: str) -> str:
    """A name as it is where it can be printed on a line and means nothing else, otherwise as Python writes it."""
    shown = name if name.isprintable() and not set(name) & set(", '\"") else ascii(name)
    return shown if len(shown) <= 100 else f"{shown[:99]}…"
