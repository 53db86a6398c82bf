"""All that nbgrader's own programs and formgrader must do otherwise, for what no setting of nbgrader's is enough.

nbgrader takes seconds to import, so each patch waits until the module that it changes is loaded: what has not loaded it
does not do what is mended there.
"""

from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from drycloud import patching
from drycloud.classroom.located import course_of
from drycloud.classroom.submissions.carried import arrived
from drycloud.classroom.submissions.intake import students_in, submissions_in, works_of
from drycloud.classroom.submissions.left_out import unaccounted
from drycloud.classroom.turns import PATIENCE, SHORT_PATIENCE, alone
from drycloud.patching import Patch


def apply() -> None:
    """Change what is loaded of nbgrader, once in a process."""
    patching.apply(PATCHES)


def _convert_one_at_a_time() -> None:
    from nbgrader.converters.base import BaseConverter
    from traitlets.config import Application

    start = BaseConverter.start

    def start_alone(self: Any) -> None:
        patience = PATIENCE if isinstance(self.parent, Application) else SHORT_PATIENCE
        with alone(Path(self.coursedir.root), patience, self.log.warning):
            start(self)

    BaseConverter.start = start_alone


def _read_times_as_data() -> None:
    from nbgrader.coursedir import CourseDirectory

    CourseDirectory.get_existing_timestamp = lambda _, folder: arrived(Path(folder))


def _list_times_as_data() -> None:
    from nbgrader.apps.api import NbGraderAPI

    NbGraderAPI.get_submitted_timestamp = _submitted


def _submitted(self: Any, assignment: str, student: str) -> datetime | None:
    return arrived(Path(self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)))


def _list_all_students_with_work() -> None:
    from nbgrader.apps.api import NbGraderAPI

    stock = NbGraderAPI.get_submitted_students

    def everybody(self: Any, assignment_id: str) -> set[str]:
        found: set[str] = stock(self, assignment_id)
        return found | _others(self, assignment_id, found)

    NbGraderAPI.get_submitted_students = everybody


def _others(api: Any, assignment: str, found: set[str]) -> set[str]:
    """Those among the other students' folders in which there is work for the assignment, or what may be some."""
    course = course_of(api.config)
    wanted = next((one for one in course.assignments if one.name == assignment), None) if course else None
    place = api.coursedir.format_path(api.coursedir.submitted_directory, "any", assignment)
    folder = Path(place).parents[1]
    if course is None or wanted is None or not folder.is_dir():
        return set()
    names = set(students_in(folder, wanted)) - found
    return {name for name in names if works_of(folder / name, course, wanted)}


def _autograde_every_step() -> None:
    from nbgrader.converters.autograde import Autograde

    stock = Autograde.init_notebooks

    def init_notebooks(self: Any) -> None:
        if not _take_every_step(self):
            stock(self)  # which reports what it looked for

    Autograde.init_notebooks = init_notebooks


def _take_every_step(self: Any) -> bool:
    """Whether there are submissions; each has the notebooks that its steps will have, in whatever form they came."""
    course, wanted = course_of(self.config), self.coursedir.notebook_id
    if course is None:
        return False
    assignment = course.assignment(self.coursedir.assignment_id)
    steps = [step.name for step in assignment.steps if fnmatchcase(step.name, wanted)]
    self.assignments, self.notebooks = {}, []
    whose = self.coursedir.student_id
    everybody = Path(self._format_source(assignment.name, "any")).parents[1]
    found = submissions_in(everybody, course, assignment) if steps and everybody.is_dir() else []
    for folder in (everybody / name / assignment.name for name, _ in found if fnmatchcase(name, whose)):
        self.assignments[str(folder)] = [str(folder / f"{step}.ipynb") for step in steps]
    if whose == "*" and everybody.is_dir():
        for line in unaccounted(everybody, course, assignment):
            self.log.warning("%s", line)
    return bool(self.assignments)


PATCHES = (
    Patch(
        _convert_one_at_a_time,
        "nbgrader lets two of its conversions, or one and drycloud, change the gradebook and its folders at once.",
        "0.9.6",
        module="nbgrader.converters.base",
        shown_by="test_stock_nbgrader.py::test_the_fault_is_there[turns]",
    ),
    Patch(
        _read_times_as_data,
        "nbgrader's programs end at a timestamp.txt, which a student may have written, that holds no time.",
        "0.9.6",
        module="nbgrader.coursedir",
        shown_by="test_stock_nbgrader.py::test_the_fault_is_there[times]",
    ),
    Patch(
        _list_times_as_data,
        "formgrader's lists end at such a timestamp.txt, too.",
        "0.9.6",
        module="nbgrader.apps.api",
        shown_by="test_stock_nbgrader.py::test_the_fault_is_there[listed times]",
    ),
    Patch(
        _list_all_students_with_work,
        "formgrader looks for STUDENT/ASSIGNMENT only, where a class run grades folders of other names as well.",
        "0.9.6",
        module="nbgrader.apps.api",
        shown_by="test_stock_nbgrader.py::test_the_fault_is_there[students]",
    ),
    Patch(
        _autograde_every_step,
        "nbgrader takes notebooks only: no .py or .sh file, no step that is missing, no student whose folder is empty.",
        "0.9.6",
        module="nbgrader.converters.autograde",
        shown_by="test_stock_nbgrader.py::test_the_fault_is_there[steps]",
    ),
)
