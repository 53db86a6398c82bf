"""A piece of work done in a fork of this process: what it changes here, moto's state above all, is gone with it."""

import contextlib
import ctypes
import gc
import os
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn, TypeVar

import msgspec

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

T = TypeVar("T")


def in_fork(work: Callable[[], T], kind: type[T], seconds: float) -> T:
    """What `work` returns, of the type `kind`, which has a form in JSON.

    Raises ChildProcessError when the fork ended without that, TimeoutError when it took more than `seconds`.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, write)
    os.close(write)
    deadline = time.monotonic() + seconds
    data = _read_until(read, deadline)
    ended = time.monotonic() < deadline
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError:
        raise (ChildProcessError if ended else TimeoutError)("it did not end as it should") from None


def _work(work: Callable[[], T], write: int) -> NoReturn:
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # who waits for us, and would end us, may be killed
        gc.disable()  # this process lives for a second: collecting would only copy the warm parent's pages
        result = msgspec.json.encode(work())
        with os.fdopen(write, "wb") as pipe:
            pipe.write(result)
    finally:
        os._exit(0)  # whatever happened: the warm parent's own work must not go on in here


def _read_until(read: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while select.select([read], [], [], max(deadline - time.monotonic(), 0))[0]:
        part = os.read(read, 1024**2)
        if not part:
            break
        parts.append(part)
    os.close(read)
    return b"".join(parts)
