"""`@check`: what makes a function a check; `Rubric`: how prose is marked by hand.

This module does not import pytest, so that students' notebooks can import it.
"""

import inspect
from collections.abc import Callable
from typing import Any

from drycloud.report import Frozen

ATTRIBUTE = "__drycloud_check__"
Function = Callable[..., None]
FIXTURES = (  # what a check may request by name
    "before",
    "after",
    "given",
    "answers",
    "files",
    "files_before",
    "trail",
    "bill",
    "ec2",
    "s3",
    "client",
    "fetch",
)

_listeners: list[Callable[[Function], None]] = []


class CheckMark(Frozen, frozen=True):
    """The arguments of `@check`: points, and the names of the checks that must pass first."""

    points: float
    needs: tuple[str, ...] = ()


class Rubric(Frozen, frozen=True):
    """How an answer in prose is marked: the title that students read, and what earns how many points.

    `criteria` are pairs (points, what earns them), `note` is further advice; only teachers see these. Raises
    ValueError for an invalid rubric.
    """

    title: str
    criteria: list[tuple[float, str]]
    note: str = ""

    def __post_init__(self) -> None:
        texts = [self.title, *(text for _, text in self.criteria)]
        if not self.criteria or not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError(f"the rubric {self.title!r} needs a title and criteria, each with a text")
        for points, _ in self.criteria:
            _require_points(points)

    @property
    def points(self) -> float:
        """The points of a full answer."""
        return round(float(sum(points for points, _ in self.criteria)), 2)


def check(*, points: float, needs: Function | tuple[Function, ...] = ()) -> Callable[[Function], Function]:
    """Make a function a check with `points`; it is skipped unless the checks in `needs` passed.

    The function's docstring is the title that students read, and an AssertionError's message is what they read if
    it fails. Raises TypeError or ValueError, at once, for a check without points or docstring.
    """
    _require_points(points)
    needed = needs if isinstance(needs, tuple) else (needs,)

    def mark(function: Function) -> Function:
        if not inspect.getdoc(function):
            raise ValueError(f"{function.__name__} has no docstring: it is the title that students read")
        names = tuple(_mark_of(other, function).__name__ for other in needed)
        setattr(function, ATTRIBUTE, CheckMark(float(points), names))
        for listener in _listeners:
            listener(function)
        return function

    return mark


def on_check(listener: Callable[[Function], None], *, unless_there_is_one: bool = False) -> None:
    """Call `listener` with each function as it becomes a check: how a notebook runs its checks at once.

    It replaces an earlier listener, except with `unless_there_is_one`.
    """
    if not (unless_there_is_one and _listeners):
        _listeners[:] = [listener]


def title_of(function: Function) -> str:
    """The docstring's first paragraph, in one line."""
    return " ".join((inspect.getdoc(function) or function.__name__).split("\n\n")[0].split())


def waits_for(title: str) -> str:
    """The message for a check that needs another one, with that title, which did not pass."""
    return f"Waits until “{title}” passes."


def mark_of(function: Any) -> CheckMark | None:
    """The mark of a check, or None for anything else."""
    mark = getattr(function, ATTRIBUTE, None)
    return mark if isinstance(mark, CheckMark) else None


def _require_points(points: Any) -> None:
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points < 1000:
        raise ValueError(f"points must be a number above 0, not {points!r}")


def _mark_of(other: Function, function: Function) -> Function:
    if mark_of(other) is None:
        raise TypeError(f"{function.__name__} needs {getattr(other, '__name__', other)!r}, which is not a check")
    return other
