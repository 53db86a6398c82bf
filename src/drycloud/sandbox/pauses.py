"""Waiting in the sandbox takes a hundredth of its time, and the clock of the run advances by the full time.

Else grading a class in which everybody waits a minute for an instance would take hours. `begin` runs in the process
of a run before the student's code: from then on `time.sleep` and `asyncio.sleep` are short there and in its
forks (the warm commands, such as the program `sleep`), and the clocks of `time` advance by the time that was skipped.
A longer wait still ends later. The clocks of `datetime`, `date` and bash are the machine's.
"""

import asyncio
import functools
import mmap
import re
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

FACTOR = 100
LEAST = 0.005  # seconds; shorter waits are not shortened
LONG = 600  # seconds; nobody needs to wait for so long: a run that does is stopped, or continues at the new time
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_CLOCKS = ("time", "monotonic", "perf_counter")

_shared: mmap.mmap | None = None  # how far the clocks are ahead, in seconds: one number for all processes of the run
_sleep, _monotonic = time.sleep, time.monotonic


def share() -> None:
    """Make the clock of a new run, which the forks of this process share."""
    global _shared
    _shared = mmap.mmap(-1, 8)


def begin() -> None:
    """Shorten the waits of this process, and of its forks; call `share` first."""
    time.sleep = sleep  # type: ignore[assignment]  # SupportsIndex, too: it takes these
    asyncio.sleep = asyncio.tasks.sleep = _sleeping(asyncio.sleep)
    for name in _CLOCKS:
        setattr(time, name, _ahead(getattr(time, name), 1))
        setattr(time, f"{name}_ns", _ahead(getattr(time, f"{name}_ns"), 10**9))


def slept() -> float:
    """How far the clocks are ahead: the seconds of waiting that were skipped."""
    found: float = struct.unpack("d", _shared[:8])[0] if _shared is not None else 0.0
    return found if 0 <= found < 1e12 else 0.0  # the memory is the student's, too


def sleep(seconds: float, /) -> None:
    """As `time.sleep`."""
    if _shared is None or not isinstance(seconds, int | float) or not seconds > LEAST:
        _sleep(seconds)
        return
    end = _now() + seconds
    if seconds > LONG:
        _reach(end)  # the watch notices this at once
    _sleep(_short(seconds))
    _reach(end)


def main() -> int:
    """The program `sleep`; returns its exit status."""
    waits = [re.fullmatch(r"(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd]?)", word) for word in sys.argv[1:]]
    if not waits:
        print("sleep: missing operand", file=sys.stderr)
    for word, found in zip(sys.argv[1:], waits, strict=True):
        if not found:
            print(f"sleep: invalid time interval '{word}'", file=sys.stderr)
    if not waits or not all(waits):
        return 1
    sleep(min(sum(float(found[1]) * _UNITS[found[2]] for found in waits if found), 1e9))
    return 0


def _sleeping(wait: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(wait)
    async def sleep(delay: float, result: Any = None) -> Any:
        if not isinstance(delay, int | float) or not delay > LEAST:
            return await wait(delay, result)
        end = _now() + delay
        if delay > LONG:
            _reach(end)
        found = await wait(_short(delay), result)
        _reach(end)
        return found

    return sleep


def _ahead(clock: Callable[[], Any], second: int) -> Callable[[], Any]:
    @functools.wraps(clock)
    def now() -> Any:
        return clock() + type(second)(slept() * second) if second > 1 else clock() + slept()

    return now


def _short(seconds: float) -> float:
    return max(seconds / FACTOR, LEAST)


def _now() -> float:
    return _monotonic() + slept()


def _reach(end: float) -> None:
    """Advance the clocks to `end`, unless another process's wait has done so."""
    while _shared is not None and _now() < end:
        _shared[:8] = struct.pack("d", end - _monotonic())
