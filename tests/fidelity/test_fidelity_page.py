"""docs/fidelity.md says what the table says."""

import json

from fidelity.document import MOTO, PAGE, page
from fidelity.moto_causes import CAUSES
from fidelity.rows import ROWS


def test_the_page_is_the_table() -> None:
    """The page is the one that the table makes: run `make fidelity` after a change of the table."""
    assert PAGE.read_text(encoding="utf-8") == page(ROWS)


def test_the_table_shows_what_is_gained() -> None:
    """At least 150 behaviours are held, of which stock moto gets at least 80 wrong."""
    assert len(ROWS) >= 150
    assert sum(row.aws != row.stock for row in ROWS) >= 80


def test_each_of_motos_tests_that_fails_has_a_cause() -> None:
    """A failure that nobody has sorted may be a fault of ours, and a cause that is gone must leave the list."""
    failed = json.loads(MOTO.read_text(encoding="utf-8"))["failed"]
    assert set(failed) == {reason for _, reason, _ in CAUSES}
