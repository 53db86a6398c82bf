"""nbgrader's programs, run in this process: quiet unless something is wrong, and then one line."""

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from drycloud.classroom.adapter.config import configure_for
from drycloud.classroom.adapter.quicker import quicken_nbgrader
from drycloud.course import Course
from drycloud.errors import DrycloudError, StoreError

# What is wrong with the disk or the database is so for every student, whichever was the first to meet it.
_FULL = ("disk is full", "[Errno 28]", "[Errno 122]")
_SYSTEM = ("There was an error accessing the nbgrader database", "OperationalError", "sqlite3.DatabaseError", *_FULL)
_DATABASE = re.compile(r"(?:[\w.]+: )?\((?:sqlite3|psycopg2?|psycopg\.errors|MySQLdb)\.\w+\) (?P<what>.*)")
_LOST = "put a copy of it back and grade again: marks by hand stand in it alone, all else is kept"
_HINTS = {
    "not a database": _LOST,
    "malformed": _LOST,
    "locked": "another program is writing into it: grade again when that has ended",
    "readonly": "make it writable for you and grade again",
    "unable to open": "make it and its folder readable and writable for you, and grade again",
}
_TOLD_BY = ("drycloud.nbgrader", "tornado.application")  # ours, and what nbgrader's gradebook itself tells
Provider = Callable[[str, str, str, Path], Any]


class _Listener(logging.Handler):
    """Keeps nbgrader's errors; it tells the rest to itself."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def settings(course: Course, assignment: str) -> Config:
    """nbgrader's configuration for one assignment of a course; nbgrader is quicker from then on."""
    quicken_nbgrader()
    config = Config()
    configure_for(config, course)
    config.CourseDirectory.assignment_id = assignment
    return config


def generate_assignment(config: Config) -> None:
    """Make the release of the source notebooks and note its cells in the gradebook."""
    _run(GenerateAssignment, config)


def autograde(config: Config, provider: Provider | None = None) -> list[str]:
    """Autograde every submission below nbgrader's folder for them; what went wrong, a line each."""
    if provider:
        config.Grade.provider = provider
    return _run(Autograde, config)


def generate_feedback(config: Config) -> list[str]:
    """Draw the feedback of every autograded submission; what went wrong, a line each."""
    return _run(GenerateFeedback, config)


@contextmanager
def listening() -> Iterator[tuple[logging.Logger, list[str]]]:
    """A logger for nbgrader's parts, and the errors that they told it."""
    listener = _Listener()
    logs = [logging.getLogger(name) for name in _TOLD_BY]
    for log in logs:
        log.propagate = False
        log.addHandler(listener)
    try:
        with warnings.catch_warnings():
            # nbgrader makes a submission's parts before it adds them to the session, and is told so.
            warnings.filterwarnings("ignore", category=SAWarning, message="Object of type")
            yield logs[0], listener.lines
    finally:
        for log in logs:
            log.removeHandler(listener)


def _run(converter: Any, config: Config) -> list[str]:
    """Run a converter over all that it finds; StoreError unless each failure is of one submission only."""
    with listening() as (log, lines):
        coursedir = CourseDirectory(config=config, log=log)
        app = converter(coursedir=coursedir, config=config, log=log)
        app.force = True
        try:
            app.start()
        except DrycloudError:
            raise
        except Exception as error:  # nbgrader's own, SQLAlchemy's, the system's
            if converter is GenerateAssignment or not lines or any(word in line for word in _SYSTEM for line in lines):
                raise store_error(_reason(lines, error), Path(coursedir.root), coursedir.db_url) from None
        return [line for line in lines if "\n" not in line and not line.startswith("Please see")]


def _reason(lines: list[str], error: Exception) -> str:
    """The line that says most: the cause stands below a traceback, but above SQLAlchemy's advice."""
    tracebacks = [line for line in lines if line.startswith("Traceback")]
    causes = [line for text in tracebacks[:1] for line in text.splitlines() if re.match(r"[\w.]+: ", line)]
    return causes[-1] if causes else str(error)


def store_error(said: str, build: Path, db_url: str) -> StoreError:
    """The one line for a gradebook or a disk that refuses."""
    if any(word in said for word in _FULL):
        return StoreError("the disk is full", where=build, hint="make room and grade again: what was graded is kept")
    what = said.splitlines()[0]
    if found := _DATABASE.match(what):
        hint = next((hint for word, hint in _HINTS.items() if word in what), "mend that and grade again")
        return StoreError(f"nbgrader's gradebook: {found['what']}", where=_shown(db_url), hint=hint)
    hint = "mend that and grade again: what was graded is kept"
    return StoreError(f"nbgrader: {what}", where=build, hint=hint)


def _shown(db_url: str) -> str:
    """A database's file, or its address without the password."""
    return str(make_url(db_url)).removeprefix("sqlite:///")
