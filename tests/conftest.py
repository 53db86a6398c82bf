"""What holds for all tests."""

import signal
from collections.abc import Iterator

import pytest

from drycloud.lab import guard

# Started in the background by a script, tests ignore Ctrl-C, and so would all that they start and then interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _unguarded() -> Iterator[None]:
    """A guarded process stays guarded, and the tests of several files share one: each begins as if it were new."""
    yield
    guard._is_guarded = False
    guard._seen.clear()
