"""drycloud: an autograded AWS course, and the engine that grades it.

An exercise imports two names from here: `simulate` (which creates its world) and `check` (what must be true in it). A
release also imports `summary` (what its mark is made of), and the grader of answers in prose imports `Rubric`. Each is
loaded when it is first used, so grading does not load a student's practice, and practice does not load the grader. This
file is loaded whenever Python starts (see lab/guard.py), so it imports nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOMES = {
    "Rubric": "drycloud.grading.checks",
    "check": "drycloud.grading.checks",
    "simulate": "drycloud.lab.practice",
    "summary": "drycloud.lab.points",
}

__all__ = ["Rubric", "check", "simulate", "summary"]


def __getattr__(name: str) -> "Any":
    """Load one of these names from the package that defines it; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'drycloud' has no attribute {name!r}")
    from importlib import import_module

    home = import_module(_HOMES[name])
    if name == "check":
        home.on_check(_check_without_scene, unless_there_is_one=True)
    return getattr(home, name)


def _check_without_scene(function: "Any") -> None:
    """Warn a student whose notebook or script runs a check before its scene; a grader's module is never __main__."""
    if function.__module__ == "__main__":
        from importlib import import_module

        import_module("drycloud.lab.show").show_without_scene(function)
