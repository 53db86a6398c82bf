"""What practice shows of what a student is given."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from drycloud.lab import show

HOSTILE = "<script>alert('x')</script>\n& \"more\""
GIVEN = {
    "services": ["EC2", HOSTILE, "S3"],
    "needs": {"own_machine": "A computer.", HOSTILE: "A <b>disk</b>."},
    "nested": {"rows": [1, 2], "none": {}},
    "empty": [],
    "bucket": HOSTILE,
    "hours": 7,
}


class Page(HTMLParser):
    """The tags of a page, and the text of each piece of code in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.code: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.tags.add(tag)
        self.code += [""] if tag == "code" else []

    def handle_data(self, data: str) -> None:
        self.code[-1] += data


def test_what_stands_between_backticks_is_code_on_pages() -> None:
    """And everything is escaped, also there; a single backtick is one."""
    assert show.marked_up("Set `a<b` & `c`; `") == "Set <code>a&lt;b</code> &amp; <code>c</code>; `"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> tuple[str, Page]:
    """What is shown as text, and as a page."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(show, "_show", lambda text, html: told.append((text, html)))
    show.show_given(GIVEN)
    ((text, html),) = told
    return text, Page(html)


def test_a_list_is_shown_as_a_list(shown: tuple[str, Page]) -> None:
    """Each item of a list or a dict has a line of its own; the text is what Python would read."""
    text, page = shown
    lines = text.splitlines()
    assert {
        "    'EC2',",
        "    'S3',",
        "    'own_machine': 'A computer.',",
        "given.empty = []",
        "given.hours = 7",
    } <= set(lines)
    given = SimpleNamespace()
    exec(text, {"given": given})
    assert vars(given) == GIVEN
    assert {"'EC2'", "'S3'", "'own_machine': 'A computer.'", "given.services", "[]", "7"} <= set(page.code)


def test_what_is_given_is_escaped(shown: tuple[str, Page]) -> None:
    """Neither a key nor an item becomes a tag of the page, or a line of its own."""
    assert shown[1].tags == {"table", "tr", "td", "div", "code"}
    assert repr(HOSTILE) in shown[1].code
    assert f"{HOSTILE!r}: 'A <b>disk</b>.'" in shown[1].code
