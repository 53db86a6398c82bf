"""What `nbgrader generate_feedback` does with our configuration: one quiet page, made from data alone."""

from pathlib import Path
from typing import Any

from msgspec import structs
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from traitlets import default

from drycloud.classroom.autograde import Located, spread_penalty
from drycloud.classroom.fragment import environment, headline, report_in, view
from drycloud.classroom.guides import MAX_PROSE, prose_of
from drycloud.classroom.papers import is_answer, is_grade
from drycloud.report import Report

Resources = dict[str, Any]
NO_RESPONSE = "No response."  # nbgrader's own comment on a cell that is as it was released


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


class Marks(GetGrades, Located):  # type: ignore[misc]  # nbgrader has no types
    """As nbgrader reads marks and comments; and which marks were given by hand, and which are still to be given."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """The notebook with its marks, and lateness reckoned with those that a teacher gave since."""
        spread_penalty(Path(self.course_root), resources["nbgrader"])
        result: tuple[NotebookNode, Resources] = super().preprocess(nb, resources)
        return result

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        mark = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(mark["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        mark["by_hand"] = grade.manual_score
        mark["waiting"] = grade.manual_score is None and grade.auto_score is None


def _page(nb: NotebookNode, resources: Resources) -> dict[str, Any]:
    place = resources["nbgrader"]
    graded = next((cell for cell in nb.cells if cell.cell_type == "code" and is_grade(cell)), None)
    report = report_in(graded.outputs) if graded else None
    answers = [cell for cell in nb.cells if is_answer(cell)]
    mark = graded.metadata.nbgrader if graded else {}
    others = [cell.metadata.get("nbgrader", {}).get("comment") for cell in nb.cells if not is_answer(cell)]
    return {
        "assignment": place["assignment"],
        "step": place["notebook"],
        "by_hand": mark.get("by_hand"),
        "points": mark.get("points"),
        "late_penalty": place["late_penalty"],
        "final": place["score"],
        "comments": [comment for comment in others if comment],
        "answers": [_answer(cell, report) for cell in answers],
        "sources": _handed_in(nb),
        **(_view(report, answers, place) if report else {"report": None}),
    }


def _answer(cell: NotebookNode, report: Report | None) -> dict[str, Any]:
    """An answer as it was written, with what a teacher gave for it and said of it."""
    mark = cell.metadata.nbgrader
    found = next((check for check in report.checks if check.name == mark["grade_id"]), None) if report else None
    word = "not marked yet" if mark["waiting"] else "no answer" if mark["by_hand"] is None else "marked by a teacher"
    return {
        "title": found.title if found else mark["grade_id"],
        "word": word,
        "waiting": mark["waiting"],
        "score": mark["score"],
        "points": mark["points"],
        "comment": None if mark["comment"] == NO_RESPONSE else mark["comment"],
        "prose": prose_of(cell)[:MAX_PROSE],
    }


def _view(report: Report, answers: list[NotebookNode], place: dict[str, Any]) -> dict[str, Any]:
    """The report with what teachers gave for answers: these are told apart from the checks, and count in the score."""
    if not answers:
        return view(report)
    waiting = any(cell.metadata.nbgrader["waiting"] for cell in answers)
    marked = structs.replace(
        report,
        status="needs_grading" if waiting or not report.is_checked else "graded",
        score=place["score"] + place["late_penalty"],
        points=place["max_score"],
    )
    checks = [check for check in report.checks if not check.is_answer]
    return {**view(structs.replace(marked, checks=checks)), "headline": headline(marked)}


def _handed_in(nb: NotebookNode) -> list[str]:
    wanted = {"task", "own"}
    return [cell.source for cell in nb.cells if cell.source.strip() and wanted & set(cell.metadata.get("tags", []))]
