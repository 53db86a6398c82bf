"""Reports as tables in a terminal; whatever a student could have written is shown as plain text."""

import unicodedata
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from drycloud.report import Report

_SIGNS = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("·", "dim"),
    "broke": ("!", "yellow"),
    "waiting": ("…", "yellow"),
}


def safe(text: str) -> Text:
    """A student's text: no markup, no control or direction-changing characters."""
    return Text("".join(c if c in "\n" or unicodedata.category(c)[0] != "C" else "�" for c in text))


def show_report(console: Console, report: Report) -> None:
    """One report with its checks."""
    head = safe(f"{report.student}: {report.assignment}/{report.step} ")
    mark = f"{report.score:g} of {report.points:g}" if report.is_checked else "needs grading by hand"
    if report.is_checked and report.status == "needs_grading":
        mark += " so far; the rest is marked by hand"
    console.print(head.append(mark, style="bold"))
    if report.run.outcome != "finished" or report.run.message:
        console.print(safe(f"  The run: {report.run.outcome.replace('_', ' ')}. {report.run.message}"))
    for check in report.checks:
        sign, style = _SIGNS[check.outcome]
        line = Text(f"  {sign} ", style=style).append_text(safe(check.title))
        console.print(line.append(f"  {check.earned:g}/{check.points:g}", style="dim"))
        if check.message and check.outcome in ("failed", "broke"):
            console.print(Text("    ").append_text(safe(check.message)))
    if report.bill.told:
        console.print(safe(f"  {report.bill.told}"))


def marks_table(reports: Iterable[Report], title: str) -> Table:
    """A table of marks: a row a student, a column a step."""
    rows: dict[str, dict[tuple[str, str], Text]] = {}
    for report in reports:
        rows.setdefault(report.student, {})[report.assignment, report.step] = _cell(report)
    steps = sorted({step for row in rows.values() for step in row})
    table = Table(title=title)
    table.add_column("student")
    for assignment, step in steps:
        table.add_column(f"{assignment}/{step}", justify="right")
    for student in sorted(rows):
        table.add_row(safe(student), *[rows[student].get(step, Text("-", style="dim")) for step in steps])
    return table


def _cell(report: Report) -> Text:
    if not report.is_checked:
        return Text("by hand", style="yellow")
    note = "" if report.run.outcome == "finished" else f" ({report.run.outcome.replace('_', ' ')})"
    note += "" if report.status == "graded" else " so far"
    return Text(f"{report.score:g}/{report.points:g}{note}")
