"""The cloud's own clock: what a run does not wait where work is graded, it goes on by all the same.

The sandbox makes waits short, and tells with each request how far its clock is ahead (sandbox/pauses.py). Nobody gains
by telling more than was waited: it is what waiting would have come to.
"""

import math
import time
from typing import Any

HEADER = "X-Drycloud-Slept"
_MOST = 1e9  # seconds
_ahead = 0.0


def monotonic() -> float:
    """Seconds since some moment, as `time.monotonic` counts them, with what was not waited."""
    return time.monotonic() + _ahead


def seconds() -> float:
    """Seconds since 1970, with what was not waited."""
    return time.time() + _ahead


def start() -> None:
    """Begin a run, in which nobody has waited yet."""
    global _ahead
    _ahead = 0.0


def advance(seconds: float) -> None:
    """Be so many seconds ahead, unless it is further already."""
    global _ahead
    if math.isfinite(seconds):
        _ahead = max(_ahead, min(seconds, _MOST))


def hear(environ: dict[str, Any]) -> None:
    """Take the header of a request away, and be as far ahead as it tells."""
    told = str(environ.pop(f"HTTP_{HEADER.upper().replace('-', '_')}", ""))
    if told.replace(".", "", 1).isascii() and told.replace(".", "", 1).isdigit():
        advance(float(told[:40]))
