"""Where the course lies, as nbgrader's configuration tells it to our parts of nbgrader."""

from traitlets import Unicode
from traitlets.config import Configurable


class Located(Configurable):  # type: ignore[misc]  # traitlets is not followed
    """Something that knows where the course lies."""

    course_root = Unicode("", help="The folder of course.yml.").tag(config=True)
