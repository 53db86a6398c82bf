"""What `nbgrader generate_feedback` does with our configuration: one simple page, made from data alone."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from traitlets import default

from drycloud.classroom.gradebook.autograde import spread_penalty
from drycloud.classroom.located import Located
from drycloud.classroom.notebooks.guides import MAX_PROSE, prose_of
from drycloud.classroom.notebooks.report_fragment import environment, mark_in_words, report_in, share_of, view
from drycloud.classroom.notebooks.step_notebooks import GRADE_ID, is_answer
from drycloud.report import Report, amount

Resources = dict[str, Any]
NO_RESPONSE = "No response."  # nbgrader's own comment on a cell that is unchanged since its release


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
    """Reads marks and comments as nbgrader does, and also which marks were given by hand or are still missing."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """The notebook with its marks, and lateness computed with those that a teacher gave since."""
        spread_penalty(self.course, resources["nbgrader"])
        result: tuple[NotebookNode, Resources] = super().preprocess(nb, resources)
        return result

    def _get_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._get_score(cell, resources)
        mark = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(mark["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        mark["by_hand"], mark["extra"] = grade.manual_score, grade.extra_credit or 0.0
        mark["automatic"] = grade.auto_score
        mark["waiting"] = grade.manual_score is None and grade.auto_score is None


def _page(nb: NotebookNode, resources: Resources) -> dict[str, Any]:
    place = resources["nbgrader"]
    report = report_in([output for cell in nb.cells for output in cell.get("outputs", [])])
    answers = [cell for cell in nb.cells if is_answer(cell)]
    others = [cell.metadata.get("nbgrader", {}).get("comment") for cell in nb.cells if not is_answer(cell)]
    return {
        **(_view(report) if report else {"report": None}),
        "assignment": place["assignment"],
        "step": place["notebook"],
        "comments": [comment for comment in others if comment],
        "answers": [_answer(cell, report) for cell in answers],
        "sources": _handed_in(nb),
        **_standing(
            [cell.metadata.nbgrader for cell in nb.cells if "by_hand" in cell.metadata.get("nbgrader", {})], place
        ),
    }


def _view(report: Report) -> dict[str, Any]:
    """The report without answers in prose: the page shows these separately."""
    return view(structs.replace(report, checks=[check for check in report.checks if not check.is_answer]))


def _standing(marks: list[dict[str, Any]], place: dict[str, Any]) -> dict[str, Any]:
    """The mark in the gradebook, and a line for each part of it that is not automatic."""
    waits = any(mark["waiting"] for mark in marks)
    nothing_yet = any(mark["waiting"] and mark["grade_id"] == GRADE_ID for mark in marks)
    score, points = place["score"], place["max_score"]
    to_be = f"to be marked by hand, of {amount(points)} points"
    return {
        "headline": to_be if nothing_yet else mark_in_words(score, points, waits=waits),
        "percent": None if waits else share_of(score, points),
        "waits": waits,
        "parts": list(_parts(marks, place)),
    }


def _parts(marks: list[dict[str, Any]], place: dict[str, Any]) -> Iterator[str]:
    for mark in marks:
        if mark["grade_id"] == GRADE_ID and mark["by_hand"] is not None:
            yield f"A teacher gave this {amount(mark['by_hand'])} of {amount(mark['points'])} points; that mark counts."
            if mark["automatic"] is not None and mark["automatic"] != mark["by_hand"]:
                yield f"The checks gave {amount(mark['automatic'])}, which that mark replaces."
    extra, penalty = sum(mark["extra"] for mark in marks), place["late_penalty"]
    if extra:
        yield f"Extra credit: {amount(abs(extra))} points are {'added' if extra > 0 else 'taken off'}."
    if penalty:
        left = amount(place["score"])
        yield f"Handed in late: {amount(penalty)} points are taken off, which leaves {left}."


def _answer(cell: NotebookNode, report: Report | None) -> dict[str, Any]:
    """An answer as it was written, with its mark and its comment by a teacher."""
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


def _handed_in(nb: NotebookNode) -> list[str]:
    wanted = {"task", "own"}
    return [cell.source for cell in nb.cells if cell.source.strip() and wanted & set(cell.metadata.get("tags", []))]
