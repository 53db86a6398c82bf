"""What nbgrader's exchange is for a course: its folder, and the course's name in it."""

import os
import re
from pathlib import Path

from drycloud.course import Course

EXCHANGE_VARIABLE = "DRYCLOUD_EXCHANGE"


def exchange_dir(course: Course) -> Path:
    """The exchange's folder: below build/, or where DRYCLOUD_EXCHANGE says (a hub's shared folder)."""
    named = os.environ.get(EXCHANGE_VARIABLE)
    return (course.root / Path(named).expanduser()).resolve() if named else course.build / "exchange"


def course_id(course: Course) -> str:
    """The course's name as a folder of the exchange."""
    return re.sub(r"[^a-z0-9]+", "-", course.title.lower()).strip("-") or "course"
