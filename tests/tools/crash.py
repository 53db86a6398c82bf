"""Killing parts of a class run at random moments: `python tests/tools/crash.py --moments 50`, or `make crash`.

At each moment a process of one kind, from the coordinator down to a student's code, is ended with SIGKILL. The run, or
the one after it, must come to just the reports and marks of a run that nothing disturbed, and nothing may be left: no
process, mount, control group or temporary file.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "helpers"))

import machine
from machine import CLI
from small_class import write_class

from drycloud.classroom.gradebook.marks import Mark, marks
from drycloud.course import load_course
from drycloud.report import Report, from_json
from drycloud.sandbox import cgroups, policy

COMMAND = [*CLI, "grade", "toy", "--submitted", "handed_in", "--json"]
FORKS = ("coordinator", "server", "worker", "stage")  # each the parent of the next; `server` forks the workers
RUNNERS = ("launcher", "zygote", "sandbox", "code")  # these too; `code` is the student's process
KINDS = (*FORKS, *RUNNERS)


class Outcome(NamedTuple):
    """What a class run came to, but for times and order."""

    reports: list[Report]
    marks: list[Mark]


_seen: set[str] = set()  # the processes of disturbed runs, after which control groups are named


def own(folder: Path) -> dict[str, str]:
    """The environment of a run: temporary files of its own, so that other runs are not seen here."""
    return {"DRYCLOUD_BUILD": str(folder / "build"), "TMPDIR": str(folder / "tmp")}


def undisturbed(folder: Path) -> Outcome:
    """A whole run: graded, noted, told; what is stored already is not graded again."""
    done = machine.run(COMMAND, folder, **own(folder))
    assert done.returncode == 0, done.stderr
    previous = os.environ.get("DRYCLOUD_BUILD")
    os.environ["DRYCLOUD_BUILD"] = str(folder / "build")
    try:
        noted = marks(load_course(folder), "toy")
    finally:
        os.environ.pop("DRYCLOUD_BUILD")
        if previous is not None:
            os.environ["DRYCLOUD_BUILD"] = previous
    return Outcome([report.settled() for report in from_json(done.stdout.encode())], noted)


def disturbed(folder: Path, kind: str, wait: Callable[["subprocess.Popen[bytes]"], object]) -> bool:
    """A run of which a process of that kind is killed once `wait` returns; False when there was none any more.

    Returns when every process of the run is gone; raises TimeoutExpired when one stays.
    """
    shutil.rmtree(folder / "build/results", ignore_errors=True)
    env = {**os.environ, **own(folder)}
    supervisor = [sys.executable, machine.__file__, *COMMAND]
    with subprocess.Popen(supervisor, cwd=folder, env=env, stdout=-1, stderr=-1) as process:
        assert process.stdout
        coordinator = int(process.stdout.readline())
        wait(process)
        _seen.update(map(str, descendants(process.pid)))
        victims = processes_of(coordinator, kind)
        while not victims and process.poll() is None:  # a student's process lives for some 30 ms
            victims = processes_of(coordinator, kind)
        for victim in victims[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        _seen.update(map(str, descendants(process.pid)))
        try:
            process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return bool(victims)


def processes_of(coordinator: int, kind: str) -> list[int]:
    """The processes of a run that are of that kind, in any order."""
    if kind == "coordinator":
        return [coordinator] if Path("/proc", str(coordinator)).exists() else []
    if kind in FORKS:
        found = [coordinator]
        for _ in range(FORKS.index(kind)):
            found = [child for pid in found for child in children(pid) if "forkserver" in command_of(child)]
    else:
        runners = [pid for pid in descendants(coordinator) if policy.RUNNER in command_of(pid).split("\0")[1:4]]
        forked = {child for pid in runners for child in children(pid)}
        found = [pid for pid in runners if pid not in forked]
        for _ in range(RUNNERS.index(kind)):
            found = [child for pid in found for child in children(pid)]
    random.shuffle(found)
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has forked and that live."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path("/proc", str(pid), "task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def descendants(pid: int) -> list[int]:
    """Its children, and theirs."""
    return [below for child in children(pid) for below in (child, *descendants(child))]


def command_of(pid: int) -> str:
    """The arguments of a process, each ended by NUL; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path("/proc", str(pid), "cmdline").read_text(errors="replace")
    return ""


def left_over(folder: Path) -> list[str]:
    """What no run may leave: temporary files, drafts, control groups, mounts."""
    found = [str(path) for path in (folder / "tmp").iterdir()]
    found += [str(path) for path in folder.rglob(".*.json.*")]
    groups = [group for place in cgroups._places().values() for group in place.glob("drycloud-*")]
    found += [str(group) for group in groups if group.name.split("-")[1] in _seen]
    return found + [line for line in Path("/proc/self/mountinfo").read_text().splitlines() if "drycloud" in line]


def main() -> None:
    """Kill at as many moments as asked for, and say what it came to."""
    parser = argparse.ArgumentParser(description="kill parts of a class run at random moments")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--students", type=int, default=10)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds until the last moment")
    words = parser.parse_args()
    killed = dict.fromkeys(KINDS, 0)
    with tempfile.TemporaryDirectory(prefix="crash-") as place:
        folder = Path(place)
        write_class(folder, words.students)
        wanted = undisturbed(folder)
        for number in range(words.moments):
            kind = KINDS[number % len(KINDS)]

            def moment(process: "subprocess.Popen[bytes]") -> None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(random.uniform(0, words.longest))

            killed[kind] += disturbed(folder, kind, moment)
            if undisturbed(folder) != wanted:
                raise SystemExit(f"moment {number}, {kind} killed: other reports or marks than undisturbed")
            if left_over(folder):
                raise SystemExit(f"moment {number}, {kind} killed: left over: {left_over(folder)}")
            print(f"{number + 1} of {words.moments}", killed, flush=True)
    print(f"{words.moments} moments, killed {killed}: the same reports and marks each time, nothing left over")


if __name__ == "__main__":
    main()
