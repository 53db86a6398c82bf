"""What must be said before nbformat, jupytext or nbgrader are imported, so that it takes no second."""

import sys


def skip_grammars() -> None:
    """Leave out the check of one kind of address (IRI), which no notebook holds: its grammar takes 1.2 s to compile.

    jsonschema makes that check if it finds the package `rfc3987_syntax`, and does without where there is none.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: "there is none", to the import


def skip_server() -> None:
    """Leave out what jupytext brings for Jupyter's server, and with it the server; not for a process that is one."""
    for kind in ("sync", "async"):
        sys.modules.setdefault(f"jupytext.{kind}_contentsmanager", None)  # type: ignore[arg-type]  # as above
