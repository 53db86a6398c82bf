"""What makes nbgrader quicker where our own commands run it: what does not change is looked at once in a process.

nbgrader opens the gradebook a dozen times for a submission, each time with an engine that compiles every statement
anew, and looks each time whether tables and course are there. Closing a gradebook still closes its connections.
"""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbgrader.api
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbgrader.nbgraderformat import common
from sqlalchemy.orm import scoped_session, sessionmaker

from drycloud import patching
from drycloud.patching import Patch

_opened: set[tuple[str, str, int | None]] = set()


def quicken_nbgrader() -> None:
    """Change nbgrader, once in a process; not for formgrader's, which lives for days."""
    patching.apply(PATCHES)


def _make_one_engine() -> None:
    nbgrader.api.create_engine = cache(nbgrader.api.create_engine)


def _look_for_tables_once() -> None:
    first = nbgrader.api.Gradebook.__init__

    def opens(self: Any, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
        file = Path(db_url.removeprefix("sqlite:///"))
        told = file.stat() if db_url.startswith("sqlite") and file.exists() else None
        about = db_url, course_id, told.st_ino if told else None
        is_blank = db_url.startswith("sqlite") and not (told and told.st_size)  # gone or emptied since, perhaps
        if is_blank or about not in _opened:
            first(self, db_url, course_id, authenticator)
            _opened.add(about)
            return
        self.engine = nbgrader.api.create_engine(db_url, echo=False, future=True)
        self.db = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True))
        self.course_id, self.authenticator = course_id, authenticator

    nbgrader.api.Gradebook.__init__ = opens


def _check_schemas_once() -> None:
    common.jsonschema = SimpleNamespace(validate=_validate)


def _validate(data: Any, schema: Any) -> None:
    """As jsonschema's function of this name does."""
    if error := best_match(_checker(json.dumps(schema)).iter_errors(data)):
        raise error


@cache
def _checker(schema: str) -> Any:
    """What checks data against a schema, which is given as JSON text and sound."""
    found = json.loads(schema)
    kind = validator_for(found)
    kind.check_schema(found)
    return kind(found)


def _quicker(change: Any, reason: str, version: str) -> Patch:
    same = "test_stock_nbgrader.py::test_a_quick_gradebook_is_the_same"
    return Patch(change, reason, version, shown_by=same, only_saves_time=True)


PATCHES = (
    _quicker(
        _make_one_engine,
        "nbgrader makes an engine each time that it opens the gradebook, and that compiles every statement anew.",
        "0.9.6",
    ),
    _quicker(
        _look_for_tables_once,
        "nbgrader looks for the tables and the course each time that it opens the gradebook.",
        "0.9.6",
    ),
    _quicker(
        _check_schemas_once, "nbgrader checks the schema of a cell's metadata itself, too, with each cell.", "0.9.6"
    ),
)
