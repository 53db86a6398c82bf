"""What practice shows: calm HTML in a notebook, plain lines elsewhere; every text is escaped."""

from html import escape
from typing import Any

from drycloud.report import CheckOutcome, Frozen

_SIGNS = {"passed": ("✓", "#2e7d32"), "failed": ("✗", "#b3261e"), "skipped": ("·", "#777"), "broke": ("!", "#9a6700")}
_WORDS = {"passed": "passed", "failed": "not yet", "skipped": "not reached", "broke": "tell your instructor"}


class Line(Frozen, frozen=True):
    """How one check came out."""

    outcome: CheckOutcome
    title: str
    message: str


def tell(text: str) -> None:
    """One plain sentence."""
    print(text, flush=True)


def show_given(given: dict[str, Any]) -> None:
    """What the student is given, by name."""
    rows = "".join(
        f"<tr><td style='text-align:left'><code>given.{escape(k)}</code></td>"
        f"<td style='text-align:left'><code>{escape(repr(v))}</code></td></tr>"
        for k, v in given.items()
    )
    text = "\n".join(f"given.{name} = {value!r}" for name, value in given.items())
    _show(text, f"<table>{rows}</table>")


def show_checks(lines: list[Line]) -> None:
    """How checks came out: passed, not yet, not reached."""
    text = "\n".join(f"{_SIGNS[x.outcome][0]} {x.title} ({_WORDS[x.outcome]}) {x.message}".rstrip() for x in lines)
    _show(text, "".join(_html(line) for line in lines))


def _html(line: Line) -> str:
    sign, colour = _SIGNS[line.outcome]
    message = f"<div style='margin-left:1.4em'>{escape(line.message)}</div>" if line.message else ""
    state = f"<i style='color:{colour}'>{_WORDS[line.outcome]}</i>"
    head = f"<b style='color:{colour}'>{sign}</b> {escape(line.title)} {state}"
    return f"<div style='margin:.3em 0'>{head}{message}</div>"


def _show(text: str, html: str) -> None:
    """Show rich output in a notebook; elsewhere print."""
    try:
        from IPython import get_ipython
        from IPython.display import publish_display_data
    except ImportError:
        print(text)
        return
    if get_ipython() is None:
        print(text)
    else:
        publish_display_data({"text/plain": text, "text/html": html})
