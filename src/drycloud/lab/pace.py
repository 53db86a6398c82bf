"""Compares the time and threads of cells in practice with the limits of grading."""

import functools
import sys
import threading
import time
from typing import Any

_longest = _started = _slept = _slept_before = 0.0
_threads = _before = 0
_watched = False


def begin() -> None:
    """Reset the measurements; the first call starts measuring cells, sleeps and threads of this process."""
    global _longest, _threads, _before, _watched
    _longest, _threads, _before = 0.0, 0, threading.active_count()
    if not _watched:
        _watched = True
        time.sleep = _counted(time.sleep)
        threading.Thread.start = _counting(threading.Thread.start)  # type: ignore[method-assign]
        ipython: Any = sys.modules.get("IPython")
        if shell := ipython and ipython.get_ipython():
            shell.events.register("pre_run_cell", _begin_cell)
            shell.events.register("post_run_cell", _end_cell)


def warnings(seconds: float, processes: int) -> list[str]:
    """A sentence for each limit of grading that a cell exceeded since the scene; 0 is no limit."""
    found = []
    if 0 < seconds < _longest:
        found.append(
            f"One of your cells took {_longest:.0f} seconds, without what it slept. When you hand in, a run of all "
            f"cells is stopped after {seconds:g} seconds."
        )
    if 0 < processes < _threads:
        found.append(
            f"Your code had {_threads} threads at once. When you hand in, a run is stopped that has more than "
            f"{processes} processes and threads."
        )
    return found


def _begin_cell(*_: object) -> None:
    global _started, _slept_before
    _started, _slept_before = time.monotonic(), _slept


def _end_cell(*_: object) -> None:
    global _longest
    if _started:
        _longest = max(_longest, time.monotonic() - _started - (_slept - _slept_before))


def _counted(sleep: Any) -> Any:
    """Sleep as usual; grading shortens sleeps, so those of the main thread do not count."""

    @functools.wraps(sleep)
    def counted(seconds: Any, /) -> None:
        global _slept
        sleep(seconds)
        if threading.current_thread() is threading.main_thread():
            _slept += float(seconds)

    return counted


def _counting(start: Any) -> Any:
    @functools.wraps(start)
    def counting(self: threading.Thread) -> None:
        global _threads
        start(self)
        _threads = max(_threads, threading.active_count() - _before + 1)  # the main thread counts, too

    return counting
