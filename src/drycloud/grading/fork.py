"""Work done in a fork of this process: its changes, above all to moto's state, end with the fork."""

import contextlib
import ctypes
import gc
import math
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn, TypeVar

import msgspec

from drycloud.grading.bounds import OVERRUNS, end_after, resident
from drycloud.sandbox.box import memory_kills

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_OVERRAN = 3  # the exit status of a fork that lacks even the memory to report
_LARGEST = 256 * 1024**2  # bytes of a result
_MUCH = 256.0  # MiB: a library that runs out of memory may end its process
_BUSY = 20.0  # seconds of processor time: a process that used them did not just wait, and honest work takes three

T = TypeVar("T")


class ForkOverrun(ChildProcessError):
    """A fork needed more memory or processor time than allowed: with the same input, it would do so again."""


def in_fork(work: Callable[[], T], kind: type[T], seconds: float, processor: float = math.inf) -> T:
    """The result of `work`, of the type `kind`, which must be serialisable as JSON.

    Raises ForkOverrun if the fork took too much memory, or more than `processor` seconds of processor time;
    TimeoutError if it took more than `seconds` by the clock, and ChildProcessError if it ended without a result for any
    other reason.
    """
    read, write = os.pipe()
    before, kills = resident(), memory_kills()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, write, processor)
    os.close(write)
    deadline = time.monotonic() + seconds
    data = _read_until(read, deadline)
    ended = time.monotonic() < deadline
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError:
        is_lost = ended and memory_kills() != kills  # the machine had no memory left, for whatever reason
        if len(data) > _LARGEST or (not is_lost and _has_overrun(status, used, processor, before)):
            raise ForkOverrun("it took too much memory or processor time") from None
        raise (ChildProcessError if ended else TimeoutError)("it did not end as it should") from None


def _work(work: Callable[[], T], write: int, processor: float) -> NoReturn:
    status = 0
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # the parent, which would end us, may be killed
        gc.disable()  # this process lives for a second: collecting would only copy the warm parent's pages
        end_after(processor)
        result = msgspec.json.encode(work())
        with os.fdopen(write, "wb") as pipe:
            pipe.write(result)
    except OVERRUNS:
        status = _OVERRAN
    finally:
        os._exit(status)  # whatever happened: the warm parent's own work must not go on in here


def _has_overrun(status: int, used: resource.struct_rusage, processor: float, before: float) -> bool:
    """Whether a limit ended a fork, by its exit status, or by its resource usage. It began with `before` MiB."""
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status) == _OVERRAN
    if os.WTERMSIG(status) == signal.SIGKILL:  # by us, by the kernel after that time, or by an unknown process
        return used.ru_utime + used.ru_stime >= min(_BUSY, processor / 2)  # which may count less than its limit does
    return used.ru_maxrss / 1024 - before >= _MUCH


def _read_until(read: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= _LARGEST and select.select([read], [], [], max(deadline - time.monotonic(), 0))[0]:
        part = os.read(read, 1024**2)
        if not part:
            break
        parts.append(part)
        size += len(part)
    os.close(read)
    return b"".join(parts)
