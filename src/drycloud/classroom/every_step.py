"""What `nbgrader autograde` takes for a submission: every step of the assignment, in whatever form it came, or did not.

nbgrader sees notebooks only. It would pass over a .py or .sh file, make no notebook for a step that was not handed in
(formgrader then shows an error page in its place), and leave the old marks of a student whose folder is empty now.
"""

import glob
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde

from drycloud.classroom.intake import why_no_student
from drycloud.classroom.left_out import unaccounted
from drycloud.classroom.told import listed
from drycloud.course import load_course


def _init_notebooks(self: Any) -> None:
    """In the place of nbgrader's: the submissions that there are, each with the notebooks that its steps will have."""
    root, wanted = self.config.Located.course_root, self.coursedir.notebook_id
    if not isinstance(root, str) or not root:
        _stock(self)
        return
    assignment = load_course(Path(root)).assignment(self.coursedir.assignment_id)
    steps = [step.name for step in assignment.steps if fnmatchcase(step.name, wanted)]
    self.assignments, self.notebooks = {}, []
    for folder in map(Path, glob.glob(self._format_source(assignment.name, self.coursedir.student_id))):  # noqa: PTH207
        if why := why_no_student(folder.parent.name):
            self.log.error("left out: %s: a student's name that %s", listed([folder.parent.name]), why)
        elif steps and folder.is_dir():
            self.assignments[str(folder)] = [str(folder / f"{step}.ipynb") for step in steps]
    if not self.assignments:
        _stock(self)  # which says what it looked for
    elif self.coursedir.student_id == "*":
        for line in unaccounted(Path(next(iter(self.assignments))).parents[1], assignment):
            self.log.warning("%s", line)


_stock = Autograde.init_notebooks
Autograde.init_notebooks = _init_notebooks
