"""Temporary files: what a killed process leaves behind is removed by the next run."""

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from multiprocessing import process
from pathlib import Path

_PREFIX = "drycloud-held-"


@contextlib.contextmanager
def locked_folder() -> Iterator[Path]:
    """An empty folder, locked while it is in use; the kernel releases the lock of a dead process."""
    while True:
        with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name, _locked(name) as held:
            if held and Path(name).exists():  # not removed by a sweep before it was locked
                yield Path(name)
                return


@cache
def multiprocessing_in_locked_folder() -> None:
    """Make multiprocessing keep its sockets, until this process ends, where a sweep finds them."""
    held = contextlib.ExitStack()
    folder = held.enter_context(locked_folder())
    atexit.register(held.close)
    process.current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined]  # get_temp_dir reads it


def sweep_folders() -> None:
    """Remove the folders that no process has locked."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), _locked(str(folder)) as held:
            if held:
                shutil.rmtree(folder, ignore_errors=True)


def draft_of(path: Path) -> Path:
    """The path of a file while it is being written; the name contains the process that writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def sweep_drafts(folder: Path) -> None:
    """Remove drafts below a folder whose writing process has ended."""
    for draft in folder.rglob(".*.json.*"):
        if not Path("/proc", draft.name.rpartition(".")[2]).exists():
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(folder: str) -> Iterator[bool]:
    """Whether the folder could be locked; the lock is held until the end of the block."""
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:  # another run's sweep removed it
        yield False
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held = True
    except BlockingIOError:
        held = False
    try:
        yield held
    finally:
        os.close(fd)
