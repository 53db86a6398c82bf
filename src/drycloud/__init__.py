"""drycloud: an autograded AWS course, and the engine that grades it.

An exercise imports two names from here: `simulate` (its world) and `check` (what must hold in it); the grader of
answers in prose a third, `Rubric`. Each is loaded when it is first asked for, so that grading does not load a student's
practice, nor practice the grader. This much is loaded whenever Python starts (see lab/guard.py), so it imports nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOMES = {"Rubric": "drycloud.grading.checks", "check": "drycloud.grading.checks", "simulate": "drycloud.lab.practice"}

__all__ = ["Rubric", "check", "simulate"]


def __getattr__(name: str) -> "Any":
    """Load one of these names from the room it lives in; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'drycloud' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
