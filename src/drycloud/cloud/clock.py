"""The cloud's own clock: what a run does not wait where work is graded, it goes on by all the same.

The sandbox makes waits short, and tells with each request how far its clock is ahead (sandbox/pauses.py). Nobody gains
by telling more than was waited: it is what waiting would have come to.

States change by a time of their own. Where work is graded it goes on by what a run does: otherwise code that does not
wait would fail on a fast machine and pass on a slow one.
"""

import math
import time
from typing import Any

HEADER = "X-Drycloud-Slept"
_MOST = 1e9  # seconds
_CALL = 0.01  # seconds of the states' time that a call takes, where it goes by calls
_PAUSE = 2.0  # seconds; a run that asks nothing for so long after an answer has waited, in whatever way
_DAY = 86_400.0  # seconds
_ahead = 0.0
_ago = 0.0  # seconds by which all that was there at the start is older for its states
_counted: float | None = None  # where states go by calls: seconds that calls and pauses have come to
_heard = 0.0


def monotonic() -> float:
    """Seconds since some moment, as `time.monotonic` counts them, with what was not waited."""
    return time.monotonic() + _ahead


def seconds() -> float:
    """Seconds since 1970, with what was not waited."""
    return time.time() + _ahead


def of_states() -> float:
    """Seconds since some moment, as states count them."""
    return (time.monotonic() if _counted is None else _counted) + _ahead + _ago


def start(*, by_calls: bool = False) -> None:
    """Begin a run, in which nobody has waited yet; for its states what is there was made long ago.

    `by_calls`: from now on these go by what is waited and by the number of calls.
    """
    global _ahead, _ago, _counted, _heard
    _ahead, _ago, _heard = 0.0, _ago + _DAY, time.monotonic()
    _counted = _heard if by_calls else None


def answered() -> None:
    """A call has its answer: what passes from now on until the next one is the caller's time."""
    global _heard
    _heard = time.monotonic()


def advance(seconds: float) -> None:
    """Be so many seconds ahead, unless it is further already."""
    global _ahead
    if math.isfinite(seconds):
        _ahead = max(_ahead, min(seconds, _MOST))


def hear(environ: dict[str, Any]) -> None:
    """Take the header of a request away, and be as far ahead as it tells."""
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
