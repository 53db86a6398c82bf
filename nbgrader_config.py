"""nbgrader, configured from course.yml; see src/drycloud/classroom/adapter/config.py."""

from drycloud.classroom import configure

configure(get_config())  # noqa: F821  # nbgrader puts it there
