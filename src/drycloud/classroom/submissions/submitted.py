"""Who handed in, in formgrader's lists: also those whose folder for the assignment has another name."""

import sys
from pathlib import Path
from typing import Any


def find_students() -> None:
    """Show nbgrader and formgrader all students whom a class run grades; they look for STUDENT/ASSIGNMENT only.

    nbgrader takes seconds to import, and a process that has not loaded it lists nobody.
    """
    api = sys.modules.get("nbgrader.apps.api")
    if api is None or hasattr(api.NbGraderAPI.get_submitted_students, "finds_all"):
        return
    stock = api.NbGraderAPI.get_submitted_students

    def everybody(self: Any, assignment_id: str) -> set[str]:
        found: set[str] = stock(self, assignment_id)
        return found | _others(self, assignment_id, found)

    everybody.finds_all = True  # type: ignore[attr-defined]  # functions take any
    api.NbGraderAPI.get_submitted_students = everybody


def _others(api: Any, assignment: str, found: set[str]) -> set[str]:
    """Those among the other students' folders in which there is work for the assignment, or what may be some."""
    from drycloud.classroom.located import course_of
    from drycloud.classroom.submissions.intake import students_in, works_of

    course = course_of(api.config)
    wanted = next((one for one in course.assignments if one.name == assignment), None) if course else None
    place = api.coursedir.format_path(api.coursedir.submitted_directory, "any", assignment)
    folder = Path(place).parents[1]
    if course is None or wanted is None or not folder.is_dir():
        return set()
    names = set(students_in(folder, wanted)) - found
    return {name for name in names if works_of(folder / name, course, wanted)}
