"""The cloud's own clock: in grading it advances by the time that a run would have waited.

The sandbox shortens waits, and reports with each request how far its clock is ahead (sandbox/pauses.py). Reporting
more than was waited gains nothing: it equals having waited.

States change by a separate time. In grading it advances by what a run does: otherwise code that does not
wait would fail on a fast machine and pass on a slow one.
"""

import math
import time
from typing import Any

HEADER = "X-Drycloud-Slept"
_MOST = 1e9  # seconds
_CALL = 0.01  # seconds of the states' time per call, if it advances by calls
_PAUSE = 2.0  # seconds; a run without a call for this long after an answer has waited, in whatever way
_DAY = 86_400.0  # seconds
_ahead = 0.0
_ago = 0.0  # seconds by which everything from before the start is older, for its states
_counted: float | None = None  # if states advance by calls: the seconds of calls and pauses so far
_heard = 0.0


def monotonic() -> float:
    """Seconds since an arbitrary start, like `time.monotonic`, plus the time that was not waited."""
    return time.monotonic() + _ahead


def seconds() -> float:
    """Seconds since 1970, plus the time that was not waited."""
    return time.time() + _ahead


def of_states() -> float:
    """Seconds since an arbitrary start, for states."""
    return (time.monotonic() if _counted is None else _counted) + _ahead + _ago


def start(*, by_calls: bool = False) -> None:
    """Begin a run without any waiting so far; for its states, everything existing was made long ago.

    `by_calls`: from now on states advance by waits and by the number of calls.
    """
    global _ahead, _ago, _counted, _heard
    _ahead, _ago, _heard = 0.0, _ago + _DAY, time.monotonic()
    _counted = _heard if by_calls else None


def answered() -> None:
    """Note the end of a call: the time until the next one is the caller's."""
    global _heard
    _heard = time.monotonic()


def advance(seconds: float) -> None:
    """Be at least this many seconds ahead."""
    global _ahead
    if math.isfinite(seconds):
        _ahead = max(_ahead, min(seconds, _MOST))


def hear(environ: dict[str, Any]) -> None:
    """Remove the header from a request, and advance by its value."""
    _count()
    told = str(environ.pop(f"HTTP_{HEADER.upper().replace('-', '_')}", ""))
    if told.replace(".", "", 1).isascii() and told.replace(".", "", 1).isdigit():
        advance(float(told[:40]))


def _count() -> None:
    global _counted, _heard
    now = time.monotonic()
    if _counted is not None:
        _counted += now - _heard if now - _heard > _PAUSE else _CALL
    _heard = now
