"""nbgrader, configured from course.yml."""

import contextlib
import os
import re
import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from drycloud.classroom.adapter import patches
from drycloud.classroom.places import course_id, exchange_dir
from drycloud.course import Course, find_root, load_course
from drycloud.errors import DrycloudError
from drycloud.notebook.files import SUFFIXES

_HERE = "drycloud.classroom"
INTAKE = f"{_HERE}.gradebook.autograde.Intake"
GENERATE = [
    f"{_HERE}.releases.released.Stubs",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    f"{_HERE}.releases.released.NoteCells",
    f"{_HERE}.releases.released.StudentsCopy",
    "nbgrader.preprocessors.CheckCellMetadata",
]
AUTOGRADE = [
    f"{_HERE}.gradebook.autograde.Grade",
    f"{_HERE}.gradebook.autograde.SaveMarks",
    f"{_HERE}.gradebook.autograde.LatePenalty",
    "nbgrader.preprocessors.CheckCellMetadata",
]


def configure(c: Any, root: Path | None = None) -> None:
    """Set nbgrader up for the course in `root` (else the one around the working directory).

    nbgrader merely logs what goes wrong in its configuration file, and then runs submissions in a kernel.
    So whatever goes wrong here ends the program.
    """
    try:
        configure_for(c, load_course((root or find_root(Path.cwd())).resolve()))
    except Exception as error:
        _stop(error)


def configure_for(c: Any, course: Course) -> None:
    """Set nbgrader up for a course in this process."""
    sys.excepthook = _tell
    _find_alembic()
    patches.apply()
    c.CourseDirectory.root = str(course.build)
    c.CourseDirectory.course_id = course_id(course)
    c.Exchange.root = str(exchange_dir(course))
    _make_exchange(course.build, exchange_dir(course))
    c.Exchange.cache = str(course.build / "exchange-cache")
    c.ExchangeFactory.collect = f"{_HERE}.collection.exchange.Collect"
    c.ExchangeFactory.release_feedback = f"{_HERE}.feedback_pages.release_feedback.ReleaseFeedback"
    c.ZipCollectApp.extractor_plugin = f"{_HERE}.collection.zips.Extractor"
    c.ZipCollectApp.collector_plugin = f"{_HERE}.collection.zips.Collector"
    c.FileNameCollectorPlugin.valid_ext = list(SUFFIXES)
    c.FileNameCollectorPlugin.named_regexp = _pattern([step.name for a in course.assignments for step in a.steps])
    c.ExportApp.plugin_class = f"{_HERE}.gradebook.sheets.Export"
    c.Located.course_root = str(course.root.resolve())
    c.GenerateAssignment.preprocessors = GENERATE
    # Without force nbgrader passes over who has no newer timestamp.txt: work that came by folder, marks given since.
    c.Autograde.force = c.GenerateFeedback.force = True
    c.Autograde.exporter_class = INTAKE
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.CheckCellMetadata"]
    c.Autograde.autograde_preprocessors = AUTOGRADE
    c.GenerateFeedback.exporter_class = f"{_HERE}.feedback_pages.pages.FeedbackPage"
    c.GenerateFeedback.preprocessors = [f"{_HERE}.feedback_pages.pages.Marks"]


def _make_exchange(build: Path, folder: Path) -> None:
    """Make the exchange below `build`, as nbgrader's first release would: formgrader shows no release button before."""
    if build.is_dir() and folder.parent == build and not folder.exists():
        with contextlib.suppress(OSError):
            folder.mkdir()
            folder.chmod(0o777)


def _pattern(steps: list[str]) -> str:
    """How files of an LMS are named unless the instructor says otherwise: STUDENT/…/STEP.ipynb or STUDENT_STEP.ipynb.

    An archive is unpacked into a folder of its name: that of STUDENT.zip is the student's.
    """
    suffixes = "|".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    return rf".*/extracted/(?P<student_id>[^/]+?)(?:/(?:.*/)?|_)(?P<file_id>{'|'.join(steps)})\.(?:{suffixes})$"


def _find_alembic() -> None:
    """nbgrader calls alembic by name to make a gradebook; a virtual environment need not be activated."""
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends one of nbgrader's programs: of ours, which say what to do, one line."""
    if isinstance(error, DrycloudError):
        print(f"drycloud: {error}", file=sys.stderr)  # a program's last words
    else:
        sys.__excepthook__(kind, error, trace)


def _stop(error: Exception) -> NoReturn:
    what = re.sub(r"\s+", " ", str(error) or type(error).__name__)
    raise SystemExit(f"drycloud: nbgrader is not configured, so nothing is done: {what}") from None
