"""Waits of the table: the cloud's time stands still but for them, and they take no time by the clock.

A state on the way lasts until the next wait, so that what a row comes to does not depend on how fast the machine is.
"""

import time
from types import SimpleNamespace
from typing import Any
from unittest import mock

import botocore.waiter

from drycloud.cloud import clock
from drycloud.cloud.state.states import set_transition_seconds

TRANSITION_SECONDS = 1 / 64  # seconds; short, so that no link expires; sums of it are exact
_waited = 0.0


def stand_still() -> None:
    """In the cloud's process: from now on only what callers tell that they waited passes."""
    clock.time = SimpleNamespace(monotonic=lambda: 0.0, time=time.time)  # type: ignore[assignment]
    set_transition_seconds(TRANSITION_SECONDS)


def pause(_: float = 0) -> None:
    """Wait until what is under way has come to its end; the next call tells it."""
    global _waited
    _waited += TRANSITION_SECONDS


def tell(request: Any, **_: Any) -> None:
    """Before a call is sent: how long its caller has waited."""
    request.headers[clock.HEADER] = f"{_waited:f}"


def quick_waiters() -> Any:
    """Lets botocore's waiters wait as `pause` does, while it is entered."""
    return mock.patch.object(botocore.waiter, "time", SimpleNamespace(sleep=pause))
