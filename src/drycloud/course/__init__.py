"""The course as it is on disk: course.yml and the three trees beside it."""

from drycloud.course.settings import Assignment, Course, Late, Step, load_course
from drycloud.course.tree import StepFiles, check_trees, files_of, find_root

__all__ = [
    "Assignment",
    "Course",
    "Late",
    "Step",
    "StepFiles",
    "check_trees",
    "files_of",
    "find_root",
    "load_course",
]
