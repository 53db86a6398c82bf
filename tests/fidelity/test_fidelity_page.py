"""docs/fidelity.md says what the table says."""

from fidelity.document import PAGE, page
from fidelity.rows import ROWS


def test_the_page_is_the_table() -> None:
    """The page is the one that the table makes: run `make fidelity` after a change of the table."""
    assert PAGE.read_text(encoding="utf-8") == page(ROWS)


def test_the_table_shows_what_is_gained() -> None:
    """At least 150 behaviours are held, of which stock moto gets at least 80 wrong."""
    assert len(ROWS) >= 150
    assert sum(row.aws != row.stock for row in ROWS) >= 80
