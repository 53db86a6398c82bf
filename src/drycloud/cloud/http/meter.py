"""What the calls of one run bring, cost and hold, against what a run may: all of it is ours to carry."""

import math
import mmap
import threading
from pathlib import Path

from drycloud.cloud.request.ask import AwsError
from drycloud.report import Frozen

_PAGES = Path("/proc/self/statm")
_LOOK = 1 << 20  # bytes that calls bring, and _OFTEN calls, between two looks at the memory
_OFTEN = 16
_MIB = 1024**2


class Bounds(Frozen, frozen=True):
    """What the calls of a run together may be: their number, the bytes that they send and copy, the seconds of
    processor time that they cost here, and the bytes of memory that what they make takes here."""

    requests: float = 20_000
    sent: float = math.inf
    seconds: float = math.inf
    held: float = math.inf


class Meter:
    """Counts all calls of a run, by any client. Where one bound is passed the run is over: nothing more is done."""

    def __init__(self, bounds: Bounds):
        self.bounds = bounds
        self._counting = threading.Lock()
        self.start()

    def start(self) -> None:
        """Count from here."""
        self.requests = self.sent = self._leaving = 0
        self.refused = 0  # calls that came when the run was over
        self.seconds = 0.0
        self.held = 0  # bytes of memory by which this process has grown, at most
        self._looked = (0, 0)
        self._before = _resident()

    @property
    def is_over(self) -> bool:
        """Whether the calls have brought, cost or hold more than they may."""
        bounds = self.bounds
        return (
            self.requests > bounds.requests
            or self.sent > bounds.sent
            or self.seconds > bounds.seconds
            or self.held > bounds.held
        )

    def arrive(self) -> None:
        """Count a call; raises the AwsError when the run is over."""
        self.count()
        self.require_room()

    def count(self) -> None:
        """Count a call, or what is none."""
        with self._counting:
            self.requests += 1
            self.refused += self.is_over

    def take(self, size: int) -> None:
        """Count bytes that a call brings or copies; raises the AwsError when there were too many."""
        with self._counting:
            self.sent += size
        if self.sent > self.bounds.sent:
            most = f"{self.bounds.sent / _MIB:g} MiB"
            raise AwsError("EntityTooLarge", f"All requests of one run together may send and copy {most} at most.")

    def spend(self, seconds: float) -> None:
        """Count processor time that a call has cost."""
        with self._counting:
            self.seconds += seconds

    def require_room(self) -> None:
        """Raise the AwsError when the run is over."""
        bounds = self.bounds
        if self.requests > bounds.requests:
            raise AwsError("RequestLimitExceeded", "Too many requests in one run.", 503)
        if self.seconds > bounds.seconds:
            raise AwsError("RequestLimitExceeded", "The requests of this run cost too much processor time.", 503)
        if self._memory() > bounds.held:
            raise _too_much_memory()

    def run_out(self) -> AwsError:
        """End the run, as there is no memory for what a call asked for; the AwsError that says so."""
        if self.bounds.held < math.inf:
            self.held = max(self.held, int(self.bounds.held) + 1)
        return _too_much_memory()

    def may_leave(self, size: int, *, always: bool = False) -> bool:
        """Count what is on its way out, unless that is too much at once."""
        with self._counting:
            if not always and self._leaving + size > max(self.bounds.sent, size):
                return False
            self._leaving += size
        return True

    def left(self, size: int) -> None:
        """So much is not on its way out any more."""
        with self._counting:
            self._leaving -= size

    def _memory(self) -> int:
        """The bytes by which this process has grown; looked at now and then, and not where no bound is set."""
        calls, sent = self._looked
        if self.bounds.held < math.inf and (self.requests >= calls + _OFTEN or self.sent >= sent + _LOOK):
            self._looked = (self.requests, self.sent)
            self.held = max(_resident() - self._before, self.held)
        return self.held


def _too_much_memory() -> AwsError:
    return AwsError("RequestLimitExceeded", "What this run has made takes too much memory.", 503)


def _resident() -> int:
    """The bytes of memory that this process takes; 0 where nobody tells."""
    try:
        return int(_PAGES.read_bytes().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0
