"""What `nbgrader generate_assignment` does to a source notebook, besides locking cells and noting them."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from drycloud.classroom.papers import PYTHON_KERNEL
from drycloud.errors import CourseError

Result = tuple[NotebookNode, dict[str, Any]]


class Stubs(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Puts each stub where a solution or reference answer stood, and takes the instructor's notes out."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Result:
        """The notebook without anything that is the instructor's alone."""
        nb.cells = [cell for cell in nb.cells if "notes" not in cell.metadata.get("tags", [])]
        for cell in nb.cells:
            if {"task", "answer"} & set(cell.metadata.get("tags", [])):
                _restore(cell, resources)
        return nb, resources


class StudentsKernel(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Names Python as the kernel, after SaveCells noted one that does not exist."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Result:
        """The notebook as a student's Jupyter wants it."""
        nb.metadata["kernelspec"] = dict(PYTHON_KERNEL)
        return nb, resources


def _restore(cell: NotebookNode, resources: dict[str, Any]) -> None:
    stub = cell.metadata.pop("drycloud", {}).get("stub")
    if stub is None:
        name = resources["nbgrader"]["notebook"]
        raise CourseError("a cell without its stub", where=f"{name}.ipynb", hint="run 'drycloud build' again")
    cell.source = stub
