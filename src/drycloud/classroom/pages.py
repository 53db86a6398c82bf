"""What `nbgrader generate_feedback` does with our configuration: one quiet page, made from data alone."""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from traitlets import default

from drycloud.classroom.fragment import environment, report_in, view
from drycloud.classroom.papers import is_grade

Resources = dict[str, Any]


class FeedbackPage(Exporter):  # type: ignore[misc]  # nbconvert has no types
    """Draws a feedback page, and takes no HTML from the notebook: report, sources, comments, all escaped."""

    output_mimetype = "text/html"

    @default("file_extension")  # type: ignore[untyped-decorator]  # traitlets is not followed
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Resources | None = None, **kw: Any
    ) -> tuple[str, Resources]:
        """nbgrader's entry: the page of an autograded notebook."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return environment().get_template("feedback.html").render(_page(nb, resources)), resources


class Marks(GetGrades):  # type: ignore[misc]  # nbgrader has no types
    """As nbgrader reads marks and comments, and whether the mark was given by hand."""

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        place = (cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        resources["by_hand"] = self.gradebook.find_grade(*place).manual_score


def _page(nb: NotebookNode, resources: Resources) -> dict[str, Any]:
    place = resources["nbgrader"]
    report = next((report_in(cell.outputs) for cell in nb.cells if cell.cell_type == "code" and is_grade(cell)), None)
    comments = [cell.metadata.get("nbgrader", {}).get("comment") for cell in nb.cells]
    return {
        "assignment": place["assignment"],
        "step": place["notebook"],
        "by_hand": resources.get("by_hand"),
        "points": place["max_score"],
        "late_penalty": place["late_penalty"],
        "final": place["score"],
        "comments": [comment for comment in comments if comment],
        "sources": _handed_in(nb),
        **(view(report) if report else {"report": None}),
    }


def _handed_in(nb: NotebookNode) -> list[str]:
    wanted = {"task", "own"}
    return [cell.source for cell in nb.cells if cell.source.strip() and wanted & set(cell.metadata.get("tags", []))]
