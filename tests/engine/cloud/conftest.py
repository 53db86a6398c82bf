"""What tests of the endpoint share."""

from collections.abc import Iterator

import pytest
from served_endpoint import Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """An endpoint in a process of its own."""
    with Served() as one:
        yield one
