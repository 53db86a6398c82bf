"""Settings to make before nbformat, jupytext or nbgrader are imported, so that the import takes less than a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_EXTENSIONS = ("assignment_list", "course_list", "formgrader", "validate_assignment")


def skip_grammars() -> None:
    """Leave out the check of one kind of address (IRI), which no notebook contains: its grammar takes 1.2 s to compile.

    jsonschema makes that check only if it finds the package `rfc3987_syntax`.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None makes the import fail


def skip_server() -> None:
    """Leave out jupytext's parts for Jupyter's server, and the server itself; not for a process that is a server."""
    for kind in ("sync", "async"):
        sys.modules.setdefault(f"jupytext.{kind}_contentsmanager", None)  # type: ignore[arg-type]  # as above


@contextmanager
def without_extensions() -> Iterator[None]:
    """Import nbgrader without its parts for Jupyter's server, which it imports first; does nothing if it is loaded.

    These parts can still be imported later.
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
