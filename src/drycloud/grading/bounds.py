"""Limits for a trusted process while it examines what somebody handed in, and what reaching a limit means.

It is a verdict on the run: `drycloud verify` shows that honest work needs little, so what the run left is too much
to examine. In three cases it is our fault, and a teacher marks the step: while the scene is set, before any student's
code has run; if a run left next to nothing (see `LITTLE`), so that no check can need much memory or depth; and if time
passed without being used. For processor time there is no such small amount: a regular expression may take for ever on
forty characters.
"""

import contextlib
import math
import mmap
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, TypeVar

from drycloud.errors import SubmissionError

LITTLE = 1000  # bytes: they cannot nest deeper than Python calls, and fill a GiB only if each byte takes a million
_MIB = 1024**2
_READ_SECONDS, _READ_MIB = 60.0, 1024  # for one file: honest work takes a tenth of a second and 10 MiB
_PAGES = Path("/proc/self/statm")
_RESIDENT, _DATA = 1, 5  # the positions of these fields there


T = TypeVar("T")


class Overrun(BaseException):
    """The processor time is over. Not an Exception, since parsers of hostile data catch those and would continue."""


OVERRUNS = (MemoryError, RecursionError, Overrun)


@contextlib.contextmanager
def bounded(seconds: float, mib: float) -> Iterator[None]:
    """Raise MemoryError if the block takes more memory, and Overrun after `seconds` of processor time.

    Both are counted from here, and over all threads of this process. Overrun is raised in its first thread, and again
    each second until the end; in any other thread nothing is bounded, since it cannot be interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    memory, processor = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_CPU)
    handler = signal.signal(signal.SIGXCPU, _end)
    _limit(resource.RLIMIT_DATA, _size(_DATA) + mib * _MIB)
    _limit(resource.RLIMIT_CPU, time.process_time() + seconds)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, processor)
        resource.setrlimit(resource.RLIMIT_DATA, memory)
        signal.signal(signal.SIGXCPU, handler)


def read_within(read: Callable[..., T], path: Path, *more: object) -> T:
    """The result of `read`, a function of drycloud.notebook, for a file that was handed in.

    Raises SubmissionError, as `read` does, also if it takes more memory or time than reading may take.
    """
    try:
        with bounded(_READ_SECONDS, _READ_MIB):
            return read(path, *more)
    except OVERRUNS:
        what = "too large, or nested too deep, to be read; make it smaller and submit again"
        raise SubmissionError(what, where=path.name) from None


def end_after(seconds: float) -> None:
    """Have the kernel end this process after that many more seconds of processor time, whatever it is doing."""
    _limit(resource.RLIMIT_CPU, time.process_time() + seconds, hard=True)


def resident() -> float:
    """The memory of this process, in MiB."""
    return _size(_RESIDENT) / _MIB


def _limit(kind: int, most: float, *, hard: bool = False) -> None:
    """Lower a limit of this process to `most`; a lower limit is kept."""
    if most == math.inf:
        return
    soft, highest = (math.inf if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(kind))
    lowered = (min(soft, math.ceil(most)), min(highest, math.ceil(most)) if hard else highest)
    resource.setrlimit(kind, (_as_rlimit(lowered[0]), _as_rlimit(lowered[1])))


def _as_rlimit(limit: float) -> int:
    return resource.RLIM_INFINITY if limit == math.inf else int(limit)


def _size(field: int) -> int:
    """One of this process's sizes, in bytes; 0 if it is unknown."""
    with contextlib.suppress(OSError):
        return int(_PAGES.read_bytes().split()[field]) * mmap.PAGESIZE
    return 0


def _end(*_: object) -> NoReturn:
    raise Overrun
