"""What holds for all tests."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from drycloud.lab import guard

# Started in the background by a script, tests ignore Ctrl-C, and so would all that they start and then interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A test of many examples has the same ones each time, and no machine is too slow for them.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _unguarded() -> Iterator[None]:
    """A guarded process stays guarded, and the tests of several files share one: each begins as if it were new."""
    yield
    guard._is_guarded = False
    guard._seen.clear()
