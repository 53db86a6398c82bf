"""A report as HTML for a notebook or a page, and as the output of the summary cell."""

from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import structs
from nbformat import NotebookNode
from nbformat.v4 import new_output

from drycloud.lab.show import marked_up
from drycloud.report import OUTCOMES, RUNS, Report, amount

AUTOMATIC = "So far as it is marked without a teacher. Marks by hand, extra credit and lateness are not in it."
MIME = "application/vnd.drycloud.report+json"
MAX_CALLS = 200
MAX_TEXT = 8000


def report_html(report: Report) -> str:
    """The report as an HTML fragment with its own style; everything in it is escaped."""
    return environment().get_template("report.html").render({**view(report), "parts": [AUTOMATIC]})


def outputs_of(report: Report) -> list[NotebookNode]:
    """The summary cell's one output: the report for people and as data."""
    small = structs.replace(report, trail=report.trail[:MAX_CALLS], faults=[])
    data = {
        MIME: msgspec.to_builtins(small),
        "text/html": report_html(report),
        "text/plain": f"{headline(report)}",
    }
    return [new_output("display_data", data=data, metadata={"drycloud": {"calls": len(report.trail)}})]


def report_in(outputs: list[Any]) -> Report | None:
    """The report that `outputs_of` put there, read strictly; None if there is none."""
    for output in outputs:
        if MIME in output.get("data", {}):
            return msgspec.convert(output["data"][MIME], Report)
    return None


def headline(report: Report) -> str:
    """The mark in words."""
    if not report.is_checked:
        return f"to be marked by hand, of {amount(report.points)} points"
    return mark_in_words(report.score, report.points, waits=report.status != "graded")


def mark_in_words(score: float, points: float, *, waits: bool) -> str:
    """A mark such as '2.5 of 3 points so far'."""
    return f"{amount(score)} of {amount(points)} points{' so far' if waits else ''}"


def share_of(score: float, points: float) -> float:
    """The share of the points in percent, for a bar."""
    return round(min(max(100 * score / points, 0.0), 100.0), 1) if points else 0.0


def view(report: Report) -> dict[str, Any]:
    """The variables of the template report.html."""
    passed = sum(check.outcome == "passed" for check in report.checks)
    return {
        "report": report,
        "assignment": report.assignment,
        "step": report.step,
        "headline": headline(report),
        "parts": [],
        "percent": share_of(report.score, report.points) if report.status == "graded" else None,
        "waits": report.status == "needs_grading",
        "passed": passed,
        "calls": report.trail[:MAX_CALLS],
        "more": max(0, len(report.trail) - MAX_CALLS),
        "outcomes": OUTCOMES,
        "run": RUNS[report.run.outcome],
        "printed": [(name, _cut(text)) for name, text in _printed(report) if text.strip()],
    }


@cache
def environment() -> Environment:
    """The templates, with autoescape on; an undefined name is an error."""
    made = Environment(
        loader=PackageLoader("drycloud.classroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["parameters_in_short"] = parameters_in_short
    made.filters["marked_up"] = lambda text: Markup(marked_up(text))
    made.filters["amount"] = amount
    return made


def parameters_in_short(parameters: dict[str, Any]) -> str:
    """A call's parameters in one short line."""
    text = ", ".join(f"{name}={_value(value)}" for name, value in parameters.items())
    return text if len(text) <= 300 else text[:299] + "…"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8", "replace")


def _printed(report: Report) -> list[tuple[str, str]]:
    return [("What it printed", report.run.stdout), ("What it printed to standard error", report.run.stderr)]


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}\n… ({len(text) - MAX_TEXT} characters more)"
