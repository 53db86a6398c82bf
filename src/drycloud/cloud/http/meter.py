"""Counts what the calls of one run send, cost and keep in memory, against the limits of a run."""

import math
import mmap
import threading
from pathlib import Path

from drycloud.cloud.request.aws_request import AwsError
from drycloud.report import Frozen

_PAGES = Path("/proc/self/statm")
_LOOK = 1 << 20  # bytes of calls, and _OFTEN calls, between two measurements of memory
_OFTEN = 16
_MIB = 1024**2


class Bounds(Frozen, frozen=True):
    """The limits for all calls of a run together: their number, the bytes that they send and copy, the seconds of
    processor time that they cost here, and the bytes of memory that their results take here."""

    requests: float = 20_000
    sent: float = math.inf
    seconds: float = math.inf
    held: float = math.inf


class Meter:
    """Counts all calls of a run, by any client. Over one limit the run is over: no further call is executed."""

    def __init__(self, bounds: Bounds):
        self.bounds = bounds
        self._counting = threading.Lock()
        self.start()

    def start(self) -> None:
        """Count from here."""
        self.requests = self.sent = self._leaving = 0
        self.refused = 0  # calls after the end of the run
        self.seconds = 0.0
        self.held = 0  # the largest growth of this process, in bytes
        self._looked = (0, 0)
        self._before = _resident()

    @property
    def is_over(self) -> bool:
        """Whether the calls have sent, cost or kept more than allowed."""
        bounds = self.bounds
        return (
            self.requests > bounds.requests
            or self.sent > bounds.sent
            or self.seconds > bounds.seconds
            or self.held > bounds.held
        )

    def arrive(self) -> None:
        """Count a call; raises the AwsError if the run is over."""
        self.count()
        self.require_room()

    def count(self) -> None:
        """Count a call, or an invalid request."""
        with self._counting:
            self.requests += 1
            self.refused += self.is_over

    def take(self, size: int) -> None:
        """Count bytes that a call sends or copies; raises the AwsError if there were too many."""
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
        """Raise the AwsError if the run is over."""
        bounds = self.bounds
        if self.requests > bounds.requests:
            raise AwsError("RequestLimitExceeded", "Too many requests in one run.", 503)
        if self.seconds > bounds.seconds:
            raise AwsError("RequestLimitExceeded", "The requests of this run cost too much processor time.", 503)
        if self._memory() > bounds.held:
            raise _too_much_memory()

    def run_out(self) -> AwsError:
        """End the run, since memory is used up; returns the AwsError that says so."""
        if self.bounds.held < math.inf:
            self.held = max(self.held, int(self.bounds.held) + 1)
        return _too_much_memory()

    def may_leave(self, size: int, *, always: bool = False) -> bool:
        """Count bytes of an answer that is being sent, unless that is too much at once."""
        with self._counting:
            if not always and self._leaving + size > max(self.bounds.sent, size):
                return False
            self._leaving += size
        return True

    def left(self, size: int) -> None:
        """These bytes have been sent."""
        with self._counting:
            self._leaving -= size

    def _memory(self) -> int:
        """The bytes by which this process has grown; measured now and then, and not without a limit."""
        calls, sent = self._looked
        if self.bounds.held < math.inf and (self.requests >= calls + _OFTEN or self.sent >= sent + _LOOK):
            self._looked = (self.requests, self.sent)
            self.held = max(_resident() - self._before, self.held)
        return self.held


def _too_much_memory() -> AwsError:
    return AwsError("RequestLimitExceeded", "What this run has made takes too much memory.", 503)


def _resident() -> int:
    """The memory of this process in bytes; 0 if it is unknown."""
    try:
        return int(_PAGES.read_bytes().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0
