"""The course as it is on disk: course.yml and the three trees beside it."""

from drycloud.course.settings import Assignment, Late, Settings, Step
from drycloud.course.tree import Course, StepFiles, check_trees, find_root, load_course

__all__ = [
    "Assignment",
    "Course",
    "Late",
    "Settings",
    "Step",
    "StepFiles",
    "check_trees",
    "find_root",
    "load_course",
]
