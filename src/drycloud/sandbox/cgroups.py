"""Control groups: memory, processes and processor time of a whole sandbox, limited by the kernel.

Without a group (an ordinary user without a delegated group, a container without one), only the runner's watch
limits memory and processes: it checks twenty times a second.
"""

import contextlib
import errno
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

from drycloud.limits import Limits

_ROOT = Path("/sys/fs/cgroup")
_WANTED = ("memory", "pids", "cpu")
_NAME = "drycloud-"
_TRIES, _PAUSE = 100, 0.01  # seconds; killed processes end quickly; otherwise the next sweep removes the group
_NEAR = 2 * 1024**2  # bytes: the kernel allocates memory in portions
_numbers = itertools.count(1)


class Group:
    """The control group of one sandbox: a folder in each hierarchy with a controller."""

    def __init__(self, folders: dict[str, Path]):
        self._folders = folders

    def take(self, process: int) -> None:
        """Move a process into the group; its later forks belong to it, too."""
        for folder in set(self._folders.values()):
            _write(folder / "cgroup.procs", process)

    def lost_a_process(self) -> bool:
        """Whether the kernel ended a process of the group for lack of memory, the group's or the machine's."""
        return self._count("memory.events", "oom_kill") + self._count("memory.oom_control", "oom_kill") > 0

    def ran_out_of_memory(self) -> bool:
        """Whether the reason was the group's memory limit."""
        limit, most = self._count("memory.limit_in_bytes"), self._count("memory.max_usage_in_bytes")
        has_reached = self._count("memory.events", "oom") > 0 or 0 < limit <= most + _NEAR
        return has_reached and self.lost_a_process()

    def _count(self, file: str, name: str = "") -> int:
        """A number that the kernel counts for the group: of a named line, or the only one; 0 if there is none."""
        with contextlib.suppress(OSError, ValueError):
            lines = (self._folders["memory"] / file).read_text().splitlines()
            return next((int(line.split()[-1]) for line in lines if line.split()[:-1] == name.split()), 0)
        return 0

    def ran_out_of_processes(self) -> bool:
        """Whether the kernel refused the group one more process or thread."""
        with contextlib.suppress(OSError):
            return (self._folders["pids"] / "pids.events").read_text().strip() != "max 0"
        return False

    def remove(self) -> None:
        """Remove the group; waits for processes in it that are about to end."""
        for folder in set(self._folders.values()):
            for _ in range(_TRIES):
                try:
                    folder.rmdir()
                except OSError as error:
                    if error.errno == errno.EBUSY:
                        time.sleep(_PAUSE)
                        continue
                break


def group_for(limits: Limits, scratch: int) -> Group | None:
    """A new group with these limits, or None if none is available; `scratch` (bytes) is memory for files."""
    name = f"{_NAME}{os.getpid()}-{next(_numbers)}"
    folders: dict[str, Path] = {}
    try:
        for controller, place in _places().items():
            folder = place / name
            folder.mkdir(exist_ok=True)
            folders[controller] = folder
        if folders:
            _limit(folders, limits, limits.memory_mib * 1024**2 + scratch)
            return Group(folders)
    except OSError:
        Group(folders).remove()
    return None


def sweep() -> None:
    """Remove the empty groups of workers that were killed."""
    for place in set(_places().values()):
        for folder in place.glob(f"{_NAME}*"):
            owner = folder.name.removeprefix(_NAME).partition("-")[0]
            if not Path("/proc", owner).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _limit(folders: dict[str, Path], limits: Limits, memory: int) -> None:
    held = folders["memory"]
    if (held / "memory.max").exists():
        _write(held / "memory.max", memory)
        _write_if_there(held / "memory.swap.max", 0)
        _write_if_there(held / "memory.oom.group", 0)
    else:
        _write(held / "memory.limit_in_bytes", memory)
        _write_if_there(held / "memory.memsw.limit_in_bytes", memory)
    # Twice the limit: the watch names the limit, this one only keeps a fork bomb small until then.
    _write(folders["pids"] / "pids.max", 2 * limits.processes)


def _places() -> dict[str, Path]:
    """Where a group can be made, by controller; empty unless both memory and processes can be limited."""
    found = _second_version() or dict(_first_version())
    return found if {"memory", "pids"} <= set(found) else {}


def _second_version() -> dict[str, Path]:
    """The unified hierarchy: groups are made at its root, where the controllers are delegated."""
    try:
        handed_down = (_ROOT / "cgroup.subtree_control").read_text().split()
    except OSError:
        return {}
    return {name: _ROOT for name in _WANTED if name in handed_down and os.access(_ROOT, os.W_OK)}


def _first_version() -> Iterator[tuple[str, Path]]:
    """A hierarchy for each controller: groups are made below our own."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            place = _ROOT / controllers / path.lstrip("/")
            for name in controllers.split(","):
                if name in _WANTED and os.access(place, os.W_OK):
                    yield name, place


def _write(path: Path, value: int) -> None:
    path.write_text(f"{value}\n")


def _write_if_there(path: Path, value: int) -> None:
    with contextlib.suppress(OSError):
        _write(path, value)
