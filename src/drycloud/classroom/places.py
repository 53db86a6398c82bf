"""Where the classroom keeps its files: everything that nbgrader makes lies below one folder."""

import os
import re
from pathlib import Path

from drycloud.course import Course
from drycloud.grading.results import build_folder

EXCHANGE_VARIABLE = "DRYCLOUD_EXCHANGE"


def build_dir(root: Path) -> Path:
    """The folder of everything that is made, as a whole path."""
    return build_folder(root).resolve()


def exchange_dir(root: Path) -> Path:
    """The exchange's folder: below build/, or where DRYCLOUD_EXCHANGE says (a hub's shared folder), as build/ does."""
    named = os.environ.get(EXCHANGE_VARIABLE)
    return (root / Path(named).expanduser()).resolve() if named else build_dir(root) / "exchange"


def course_id(course: Course) -> str:
    """The course's name as a folder of the exchange."""
    return re.sub(r"[^a-z0-9]+", "-", course.title.lower()).strip("-") or "course"
