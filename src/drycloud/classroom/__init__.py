"""The classroom: the only package that knows nbgrader (release, exchange, gradebook, feedback, late penalty).

nbgrader takes seconds to import, so each name is loaded when it is first used. No module or package
here may have the name of one of these functions: importing it would replace the function by the module.
"""

from importlib import import_module
from typing import Any

from drycloud.notebook.imports import skip_grammars, without_extensions

skip_grammars()

_HOMES = {
    "build": "notebooks.sources",
    "collect": "collection.exchange",
    "configure": "adapter.config",
    "feedback": "gradebook.marks",
    "marks": "gradebook.marks",
    "publish": "collection.exchange",
    "record": "gradebook.marks",
    "release": "releases.packing",
    "require_configuration": "adapter.stock",
    "submissions_in": "submissions.intake",
    "submit_as": "collection.exchange",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Load one of the classroom's functions from its module; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'drycloud.classroom' has no attribute {name!r}")
    with without_extensions():
        return getattr(import_module(f"drycloud.classroom.{_HOMES[name]}"), name)
