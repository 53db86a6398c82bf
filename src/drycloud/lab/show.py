"""The output of practice: simple HTML in a notebook, plain lines elsewhere; every text is escaped."""

import re
import sys
from html import escape
from typing import Any, Literal

from drycloud.grading.checks import Function, title_of
from drycloud.report import Frozen

Outcome = Literal["passed", "failed", "waits", "broke", "unmade"]
_SIGNS = {
    "passed": ("✓", "#2e7d32", "passed"),
    "failed": ("✗", "#b3261e", "not yet"),
    "waits": ("·", "#777", "waits"),
    "broke": ("!", "#9a6700", "tell your instructor"),
    "unmade": ("!", "#9a6700", "not made"),
}
_CODE = re.compile(r"`([^`\n]+)`")
_PLAIN = str.maketrans({"✓": "+", "✗": "x", "·": "-", "…": "...", "—": "-"})


class Line(Frozen, frozen=True):
    """The outcome of one check. `unmade` is a check that was not run, through nobody's fault."""

    outcome: Outcome
    title: str
    message: str = ""
    points: float = 0

    @property
    def points_text(self) -> str:
        """The points that it gives, of its maximum; empty if that is not known."""
        if self.outcome in ("broke", "unmade"):
            return ""
        earned = self.points if self.outcome == "passed" else 0
        return f"{earned:g} of {self.points:g} {'point' if self.points == 1 else 'points'}"


def marked_up(text: str) -> str:
    """A text as HTML, escaped; text between backticks is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def show_text(text: str) -> None:
    """Show one plain sentence."""
    _print(text)


def show_given(given: dict[str, Any]) -> None:
    """Show the given values by name; each item of a list or a dict on its own line."""
    rows = "".join(
        f"<tr><td style='text-align:left;vertical-align:top'><code>given.{escape(name)}</code></td>"
        f"<td style='text-align:left'>{''.join(map(_html_line, _items(value)))}</td></tr>"
        for name, value in given.items()
    )
    text = "\n".join(f"given.{name} = {_text(value)}" for name, value in given.items())
    _show(text, f"<table>{rows}</table>")


def _items(value: Any) -> list[str]:
    """The items of a list or a dict as Python would write them; any other or empty value as one item."""
    if isinstance(value, dict) and value:
        return [f"{key!r}: {item!r}" for key, item in value.items()]
    return [repr(item) for item in value] if isinstance(value, list) and value else [repr(value)]


def _text(value: Any) -> str:
    if not isinstance(value, list | dict) or not value:
        return repr(value)
    first, last = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([first, *(f"    {item}," for item in _items(value)), last])


def _html_line(text: str) -> str:
    return f"<div style='padding-left:1.4em;text-indent:-1.4em'><code>{escape(text)}</code></div>"


def show_check(line: Line) -> None:
    """Show the outcome of a check with its points, and the reason below it."""
    sign, colour, word = _SIGNS[line.outcome]
    text = f"{sign} {line.title} ({word}) {line.points_text}".rstrip()
    message = f"<div style='margin-left:1.4em'>{marked_up(line.message)}</div>" if line.message else ""
    state = f"<i style='color:{colour}'>{word}</i> <span style='color:#777'>{line.points_text}</span>"
    head = f"<b style='color:{colour}'>{sign}</b> {marked_up(line.title)} {state}"
    _show("\n  ".join(filter(None, [text, line.message])), f"<div style='margin:.3em 0'>{head}{message}</div>")


def show_without_scene(function: Function) -> None:
    """Show a check as not run, in a notebook or script without a scene."""
    message = "Run the scene cell first: it makes the world that this check looks at."
    show_check(Line("unmade", title_of(function), message))


def show_lines(lines: list[str]) -> None:
    """Show some sentences, one below another."""
    _show("\n".join(lines), "".join(f"<div style='margin:.3em 0'>{escape(line)}</div>" for line in lines))


def is_notebook() -> bool:
    """Whether this runs in IPython, not in plain Python."""
    ipython = sys.modules.get("IPython")  # where it runs, it is loaded
    return ipython is not None and ipython.get_ipython() is not None


def _show(text: str, html: str) -> None:
    """Show rich output in a notebook; elsewhere print."""
    if is_notebook():
        from IPython.display import publish_display_data

        publish_display_data({"text/plain": text, "text/html": html})
    else:
        _print(text)


def _print(text: str) -> None:
    """Print on any console; a Windows console may lack characters of our texts or a student's file names."""
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding
        print(text.translate(_PLAIN).encode(encoding, "replace").decode(encoding), flush=True)
