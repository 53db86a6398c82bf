"""What a trusted process may use while it looks at what somebody handed in, and what it means when that is not enough.

It is a verdict on the run: `drycloud verify` proves that checks need little for work of any kind, so it is what was
left to look at that is too much. Ours it is in three cases, and then the step waits for a hand: while the scene is set,
which nobody's code has reached yet; where a run left next to nothing (see `LITTLE`), of which no check can need much
memory or depth; and where time went by without being used. For processor time nobody can say how much is little: a
pattern may take for ever with forty letters.
"""

import contextlib
import math
import mmap
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

LITTLE = 1000  # bytes: they nest less deep than Python calls, and fill a GiB only if each takes a million
_MIB = 1024**2
_PAGES = Path("/proc/self/statm")
_RESIDENT, _DATA = 1, 5  # where these stand there


class Overrun(BaseException):
    """The processor time is over. What looks at hostile things catches any Exception, and would go on."""


OVERRUNS = (MemoryError, RecursionError, Overrun)


@contextlib.contextmanager
def bounded(seconds: float, mib: float) -> Iterator[None]:
    """Raise MemoryError where what is done takes more memory, and Overrun after so many seconds of processor time.

    Both are counted from here, and over all threads of this process. Overrun is raised in the first one, which has to
    be the caller, and again each second until the end.
    """
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


def end_after(seconds: float) -> None:
    """Have the kernel end this process after so many seconds of processor time, whatever it does then."""
    _limit(resource.RLIMIT_CPU, seconds, hard=True)


def resident() -> float:
    """The MiB of memory that this process takes."""
    return _size(_RESIDENT) / _MIB


def _limit(kind: int, most: float, *, hard: bool = False) -> None:
    """Lower a limit of this process to `most`; one that is lower already stays."""
    if most == math.inf:
        return
    soft, highest = (math.inf if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(kind))
    lowered = (min(soft, math.ceil(most)), min(highest, math.ceil(most)) if hard else highest)
    resource.setrlimit(kind, (_told(lowered[0]), _told(lowered[1])))


def _told(limit: float) -> int:
    return resource.RLIM_INFINITY if limit == math.inf else int(limit)


def _size(field: int) -> int:
    """One of this process's sizes, in bytes; 0 where nobody tells."""
    with contextlib.suppress(OSError):
        return int(_PAGES.read_bytes().split()[field]) * mmap.PAGESIZE
    return 0


def _end(*_: object) -> NoReturn:
    raise Overrun
