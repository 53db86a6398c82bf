"""Reports as tables in a terminal; everything that a student could have written is shown as plain text."""

import unicodedata
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from drycloud.report import OUTCOMES, RUNS, Report, amount

if TYPE_CHECKING:  # reading a gradebook needs nbgrader, showing it does not
    from drycloud.classroom.gradebook.marks import Mark, StepMark

Runs = dict[tuple[str, str], str]  # by (student, step), the outcome of the run
_STYLES = {"passed": "green", "failed": "red", "skipped": "dim", "broke": "yellow", "waiting": "yellow"}
_LEGEND = "A line with · waits until one with ✗ passes, and is looked at then."
_RUNS = {"raised": "e", "timed_out": "t", "out_of_memory": "m", "killed": "k", "refused": "r"}
_RUNS |= {"not_handed_in": "-", "": "-"}
_LETTERS = {
    "-": "not handed in",
    "e": "stopped with an error",
    "t": "timed out",
    "m": "out of memory",
    "k": "killed",
    "r": "refused: not run",
    "h": "marked by hand",
    "w": "waits for a mark by hand",
}


def safe(text: str) -> Text:
    """A student's text: no markup, no control or direction-changing characters."""
    return Text("".join(c if c in "\n" or unicodedata.category(c)[0] != "C" else "�" for c in text))


def show_report(console: Console, report: Report) -> None:
    """One report with its checks."""
    head = safe(f"{report.student}: {report.assignment}/{report.step} ")
    mark = f"{amount(report.score)} of {amount(report.points)}" if report.is_checked else "needs grading by hand"
    if report.is_checked and report.status == "needs_grading":
        mark += " so far; the rest is marked by hand"
    console.print(head.append(mark, style="bold"))
    if report.run.outcome != "finished" or report.run.message:
        console.print(safe("\n  ".join(filter(None, [f"  {RUNS[report.run.outcome]}", report.run.message]))))
    for note in [*report.notes, *report.unread]:
        console.print(Text("  » ", style="yellow").append_text(safe(note)))
    for check in report.checks:
        line = Text(f"  {OUTCOMES[check.outcome][0]} ", style=_STYLES[check.outcome]).append_text(safe(check.title))
        console.print(line.append(f"  {amount(check.earned)}/{amount(check.points)}", style="dim"))
        if check.message and check.outcome in ("failed", "broke"):
            console.print(Text("    ").append_text(safe(check.message)))
    outcomes = {check.outcome for check in report.checks}
    if outcomes >= {"failed", "skipped"}:
        console.print(Text(f"  {_LEGEND}", style="dim"))
    if report.costs:
        console.print(safe(f"  {report.costs}"))


def show_marks(console: Console, title: str, marks: "list[Mark]", runs: Runs) -> None:
    """A table of the marks in the gradebook: a row per student, a column per step; and the meaning of its letters."""
    points = {step.step: step.points for mark in marks for step in mark.steps}
    table = Table(title=safe(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=0)
    table.add_column("student", overflow="fold", vertical="bottom")
    for step in points:
        _add_number(table, step.replace("_", "\n"), points[step])
    sums = {"late": [-mark.late_penalty for mark in marks], "extra": [mark.extra_credit for mark in marks]}
    shown = {name: values for name, values in sums.items() if any(values)}
    for name in shown:
        _add_number(table, name)
    _add_number(table, "total", sum(points.values()))
    used: set[str] = set()
    for number, mark in enumerate(marks):
        of_step = {step.step: step for step in mark.steps}
        cells = [_cell(of_step.get(step), runs.get((mark.student, step)), used) for step in points]
        more = [amount(values[number]) if values[number] else "" for values in shown.values()]
        table.add_row(safe(mark.student), *cells, *more, Text(amount(mark.score), style="bold"))
    console.print(table)
    if used:
        console.print(" · ".join(f"{letter} {_LETTERS[letter]}" for letter in _LETTERS if letter in used))


def _add_number(table: Table, name: str, points: float | None = None) -> None:
    """A column of amounts, its name with one word a line, and below it the points that can be earned."""
    header = safe(name if points is None else f"{name}\n/{amount(points)}")
    table.add_column(header, justify="right", vertical="bottom", overflow="fold")


def _cell(step: "StepMark | None", run: str | None, used: set[str]) -> Text:
    """The mark of a step, with a letter for each thing that a teacher should know."""
    if step is None:
        return Text("")
    letters = ("" if run is None else _RUNS.get(run, "")) + "h" * step.by_hand + "w" * step.waits
    used.update(letters)
    return Text(f"{amount(step.earned)}{letters}", style="yellow" if step.waits else "")
