"""The course, as our parts of nbgrader find it: nbgrader's configuration tells where it lies."""

from pathlib import Path
from typing import Any

from traitlets import Unicode
from traitlets.config import Configurable

from drycloud.course import Course, load_course


class Located(Configurable):  # type: ignore[misc]  # traitlets is not followed
    """Something that knows its course."""

    course_root = Unicode("", help="The folder of course.yml.").tag(config=True)

    @property
    def course(self) -> Course:
        """The course as its course.yml is now; raises CourseError."""
        return load_course(Path(self.course_root))


def course_of(config: Any) -> Course | None:
    """The course of nbgrader's configuration; None where drycloud did not configure it."""
    root = config.Located.course_root
    return load_course(Path(root)) if isinstance(root, str) and root else None
