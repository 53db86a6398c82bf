"""What `nbgrader generate_assignment` does to a source notebook, in addition to locking cells and recording them."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveCells

from drycloud.classroom.gradebook.adoption import adopt
from drycloud.classroom.gradebook.late import due_utc
from drycloud.classroom.located import Located
from drycloud.classroom.notebooks.step_notebooks import PYTHON_KERNEL, is_grade
from drycloud.errors import CourseError

Result = tuple[NotebookNode, dict[str, Any]]


class Stubs(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Puts each stub in place of a solution or reference answer, and removes the instructor's notes."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Result:
        """The notebook without anything that is for the instructor alone."""
        nb.cells = [cell for cell in nb.cells if "notes" not in cell.metadata.get("tags", [])]
        for cell in nb.cells:
            if {"task", "answer"} & set(cell.metadata.get("tags", [])):
                _restore(cell, resources)
        return nb, resources


class NoteCells(SaveCells, Located):  # type: ignore[misc]  # nbgrader has no types
    """Records the cells in the gradebook, as nbgrader does, also in one of an earlier release; and the due date."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        adopt(self.gradebook, self.notebook_id, self.assignment_id)
        super()._create_notebook(nb)
        assignment = self.course.assignment(self.assignment_id)
        self.gradebook.find_assignment(self.assignment_id).duedate = due_utc(assignment)
        self.gradebook.db.commit()


class StudentsCopy(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Names Python as the kernel, after the gradebook recorded one that does not exist.

    Without its checksum, `nbgrader validate` and its button do not report to a student that the grade cell fails.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Result:
        """The notebook as a student's Jupyter needs it."""
        nb.metadata["kernelspec"] = dict(PYTHON_KERNEL)
        for cell in filter(is_grade, nb.cells):
            cell.metadata.nbgrader.pop("checksum", None)
        return nb, resources


def _restore(cell: NotebookNode, resources: dict[str, Any]) -> None:
    stub = cell.metadata.pop("drycloud", {}).get("stub")
    if stub is None:
        name = resources["nbgrader"]["notebook"]
        raise CourseError("a cell without its stub", where=f"{name}.ipynb", hint="run 'drycloud build' again")
    cell.source = stub
