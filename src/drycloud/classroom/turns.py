"""The lock of the build folder: every change of the gradebook, or of nbgrader's folders, is made while holding it.

The lock is the kernel's (flock): it ends with the process that holds it, however that ends. The text in the file
only informs others who holds it. Grading itself needs no lock; recording marks and writing pages does.
"""

import errno
import fcntl
import getpass
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from drycloud.errors import StoreError
from drycloud.report import Frozen

LOCK = "drycloud.lock"
PATIENCE = 15 * 60.0  # seconds: a command in a terminal, or of a timer, waits for its turn
SHORT_PATIENCE = 10.0  # formgrader does nothing else while it waits
_POLL = 0.1
_held: set[Path] = set()  # by this process


class Holder(Frozen, frozen=True):
    """Who holds a lock, and since when (local time)."""

    pid: int
    host: str
    user: str
    command: str
    since: str

    def __str__(self) -> str:
        return f"'{self.command}' of {self.user} (process {self.pid} on {self.host}) since {self.since}"


@contextmanager
def alone(build: Path, patience: float = PATIENCE, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of a build folder; a process that holds it already continues. `tell` gets one line before waiting.

    Raises StoreError if it is not free after `patience` seconds, or if locking fails.
    """
    path = build.resolve() / LOCK
    if path in _held:
        yield
        return
    descriptor = _open(path)
    try:
        _wait(descriptor, path, patience, tell)
        _held.add(path)
        _write(descriptor, msgspec.json.encode(_this()))
        try:
            yield
        finally:
            _held.discard(path)
            _write(descriptor, b"")
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise StoreError(f"cannot be opened: {error.strerror}", where=path) from None


def _wait(descriptor: int, path: Path, patience: float, tell: Callable[[str], None] | None) -> None:
    """Return once the lock is held."""
    end = time.monotonic() + patience
    is_told = False
    while not _lock(descriptor, path):
        if time.monotonic() > end:
            hint = "what was graded is kept: run the same command again when that has ended"
            raise StoreError(f"is held by {_holder(descriptor)}", where=path, hint=hint)
        if not is_told and tell:
            tell(f"waiting for {_holder(descriptor)}, which holds {path}")
        is_told = True
        time.sleep(_POLL)


def _lock(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        hint = "let DRYCLOUD_BUILD name a folder on a disk that has locks"
        raise StoreError(f"cannot be locked: {error.strerror}", where=path, hint=hint) from None
    return True


def _holder(descriptor: int) -> str:
    """The holder that the file names; unknown until the holder has written it."""
    try:
        return str(msgspec.json.decode(os.pread(descriptor, 4096, 0), type=Holder))
    except (OSError, msgspec.DecodeError):
        return "another run"


def _this() -> Holder:
    program = Path(sys.argv[0])
    name = "drycloud" if program.parts[-2:] == ("cli", "__main__.py") else program.name
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        user = f"user {os.getuid()}"
    since = datetime.now().astimezone().isoformat(" ", "seconds")
    return Holder(os.getpid(), socket.gethostname(), user, " ".join([name, *sys.argv[1:]])[:200], since)


def _write(descriptor: int, text: bytes) -> None:
    """Write who holds the lock; on a full disk this fails, and the lock is held nevertheless."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text, 0)
    except OSError:
        return
