"""What `nbgrader autograde` takes for a submission: every step of the assignment, in any form, also if it is missing.

nbgrader sees notebooks only. It would ignore a .py or .sh file, make no notebook for a step that was not handed in
(formgrader then shows an error page), and leave the old marks of a student whose folder is empty now.
"""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde

from drycloud.classroom.located import course_of
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.classroom.submissions.left_out import unaccounted


def _init_notebooks(self: Any) -> None:
    """In the place of nbgrader's: the submissions that there are, each with the notebooks that its steps will have."""
    course, wanted = course_of(self.config), self.coursedir.notebook_id
    if course is None:
        _stock(self)
        return
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
    if not self.assignments:
        _stock(self)  # which reports what it looked for


_stock = Autograde.init_notebooks
Autograde.init_notebooks = _init_notebooks
