"""What must be said before nbformat, jupytext or nbgrader are imported, so that it takes no second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_EXTENSIONS = ("assignment_list", "course_list", "formgrader", "validate_assignment")


def skip_grammars() -> None:
    """Leave out the check of one kind of address (IRI), which no notebook holds: its grammar takes 1.2 s to compile.

    jsonschema makes that check if it finds the package `rfc3987_syntax`, and does without where there is none.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: "there is none", to the import


def skip_server() -> None:
    """Leave out what jupytext brings for Jupyter's server, and with it the server; not for a process that is one."""
    for kind in ("sync", "async"):
        sys.modules.setdefault(f"jupytext.{kind}_contentsmanager", None)  # type: ignore[arg-type]  # as above


@contextmanager
def without_extensions() -> Iterator[None]:
    """Import nbgrader without its parts for Jupyter's server, which it names first of all; nothing where it is loaded.

    Whoever wants one of these parts later finds it.
    """
    names = [f"nbgrader.server_extensions.{name}" for name in _EXTENSIONS] if "nbgrader" not in sys.modules else []
    for name in names:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__["load_jupyter_server_extension"] = None
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
