"""Each behaviour of the table, against stock moto and against ours, over HTTP."""

from collections.abc import Iterator

import pytest

from fidelity.endpoints import served
from fidelity.rows import ROWS
from fidelity.table import Lab, Row, outcome
from fidelity.waits import quick_waiters


@pytest.fixture(scope="module")
def labs() -> Iterator[dict[str, Lab]]:
    """Both endpoints, each in a process of its own; waits take no time."""
    with quick_waiters(), served("stock") as stock, served("ours") as ours:
        yield {"stock": stock, "ours": ours}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.number}-{row.what[:50]}" for row in ROWS])
def test_ours_answers_as_aws(labs: dict[str, Lab], row: Row) -> None:
    """Ours comes to what AWS comes to."""
    assert outcome(row, labs["ours"]) == row.aws


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=[f"{row.number}-{row.what[:50]}" for row in ROWS])
def test_stock_is_as_the_table_says(labs: dict[str, Lab], row: Row) -> None:
    """Stock moto still does what the row says: where a newer one answers as AWS, a rule can go."""
    assert outcome(row, labs["stock"]) == row.stock
