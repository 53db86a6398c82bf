"""A long class run, watched from outside: `python tests/tools/soak.py --submissions 1000`, or `make soak`.

Right, wrong and hostile work in turn. What its processes hold is measured again and again; the medians of the second
and of the last fifth of the run must agree, and nothing may be left at the end.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "helpers"))

import crash
import machine
import small_class
from small_class import RIGHT

from drycloud.report import from_json
from drycloud.sandbox import cgroups

INTERVAL = 0.5  # seconds between two looks
# How much more the last fifth may hold than the second. A worker's memory is also that of what malloc keeps for later.
SHARE, SLACK_MIB = 0.05, 4.0
COUNTS_SLACK = 1.0  # of descriptors, threads, processes…: one, which may be there at one look and not at another

WORKS = {
    "right": RIGHT,
    "wrong": RIGHT.replace("given.bucket", "given.bucket + 'x'"),
    "raising": f"{RIGHT}raise ValueError('no')\n",
    "no Python": "def f(:",
    "exiting": "import os\nos._exit(0)\n",
    "leaving processes": f"import subprocess\n{RIGHT}"
    "for _ in range(5): subprocess.Popen(['setsid', 'sleep', '1000'])\n",
    "much output": f"{RIGHT}for _ in range(200): print('x' * 10_000)\n",
    "many files": f"{RIGHT}for n in range(300): open(f'{{n}}.txt', 'w').write('x' * 1000)\n",
    "upload": f"{RIGHT}boto3.client('s3').put_object(Bucket=given.bucket, Key='k', Body=b'x' * 4_000_000)\n",
}
OUTCOMES = {"raising": "raised", "no Python": "raised", "exiting": "killed"}  # the others finish
FULL_MARKS = {"right", "leaving processes", "much output", "many files", "upload", "raising"}


class Look(NamedTuple):
    """What the run held at one moment, by name, and how many submissions were graded."""

    done: int
    held: Counter[str]


def write_class(folder: Path, submissions: int) -> list[str]:
    """The class; the kind of each student's work, in the order of the students."""
    small_class.write_class(folder, 0)
    kinds = [list(WORKS)[n % len(WORKS)] for n in range(submissions)]
    for n, kind in enumerate(kinds):
        path = folder / f"handed_in/s{n:05d}/toy/bucket.py"
        path.parent.mkdir(parents=True)
        path.write_text(WORKS[kind])
    return kinds


def watched(folder: Path) -> tuple[list[Look], "subprocess.CompletedProcess[bytes]"]:
    """Grade the class; returns when every process of the run is gone."""
    looks = []
    results = folder / "build/results"
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        env = {**os.environ, **crash.own(folder)}
        command = [sys.executable, machine.__file__, *crash.COMMAND]
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=err)
        began = time.monotonic()
        while process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(INTERVAL)
            held = look(process.pid, folder)
            if held["workers: number"]:  # afterwards the marks are noted, which takes no worker
                looks.append(Look(sum(1 for _ in results.glob("toy/*/*.json")), held))
                print(f"\r{looks[-1].done} graded in {time.monotonic() - began:.0f} s ", end="", flush=True)
        print()
        out.seek(0)
        err.seek(0)
        first, _, rest = out.read().partition(b"\n")  # the supervisor's line, then the reports
        del first
        return looks, subprocess.CompletedProcess(command, process.returncode, rest, err.read())


def look(supervisor: int, folder: Path) -> Counter[str]:
    """What the run holds now."""
    found: Counter[str] = Counter()
    coordinators = crash.children(supervisor)
    for coordinator in coordinators[:1]:
        add(found, "coordinator", coordinator)
        for server in (pid for pid in crash.children(coordinator) if "forkserver" in crash.command_of(pid)):
            add(found, "forkserver", server)
            for worker in crash.children(server):
                add(found, "workers", worker)
                groups = [group for place in cgroups._places().values() for group in place.glob(f"drycloud-{worker}-*")]
                found["control groups"] += len(groups)
        for role in ("launcher", "zygote"):
            for pid in crash.processes_of(coordinator, role):
                add(found, role, pid)
    below = crash.descendants(supervisor)
    found["all: processes"] = len(below)
    found["all: zombies"] = sum(state_of(pid) == "Z" for pid in below)
    found["all: adopted"] = len(coordinators[1:])  # what lost its parent
    found["temporary files"] = sum(1 for _ in (folder / "tmp").rglob("*"))
    found["mounts"] = len(Path("/proc/self/mountinfo").read_text().splitlines())
    return found


def add(found: Counter[str], role: str, pid: int) -> None:
    """Count a process in; one that has just ended counts for nothing."""
    place = Path("/proc", str(pid))
    try:
        lines = (place / "smaps_rollup").read_text().splitlines()[1:]
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        descriptors, threads = len(list((place / "fd").iterdir())), len(list((place / "task").iterdir()))
    except (OSError, IndexError, ValueError):
        return
    found[f"{role}: number"] += 1
    found[f"{role}: RSS KiB"] += sizes["Rss"]
    found[f"{role}: PSS KiB"] += sizes["Pss"]
    found[f"{role}: descriptors"] += descriptors
    found[f"{role}: threads"] += threads


def state_of(pid: int) -> str:
    """The state of a process: one letter, as proc(5) has it."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def compared(looks: list[Look], submissions: int) -> tuple[list[str], list[str]]:
    """A table of the medians of the second and the last fifth; and what grew by more than it may."""
    early = [seen.held for seen in looks if submissions <= 5 * seen.done < 2 * submissions]
    late = [seen.held for seen in looks if 4 * submissions <= 5 * seen.done < 5 * submissions]
    if not early or not late:
        raise SystemExit("too few submissions to compare two fifths of the run")
    table, grown = [f"{'held':28}{'2nd fifth':>12}{'last fifth':>12}"], []
    for name in sorted(set().union(*early, *late)):
        before, after = (median(held[name] for held in fifth) for fifth in (early, late))
        number = max(median(held[f"{name.partition(':')[0]}: number"] for held in late), 1)
        slack = before * SHARE + SLACK_MIB * 1024 * number if name.endswith("KiB") else COUNTS_SLACK * number
        table.append(f"{name:28}{before:12,.0f}{after:12,.0f}{'' if after <= before + slack else '  grew'}")
        if after > before + slack:
            grown.append(name)
    return table, grown


def wrong_reports(done: "subprocess.CompletedProcess[bytes]", kinds: list[str]) -> list[str]:
    """What is not as each kind of work deserves."""
    reports = from_json(done.stdout)
    found = [] if len(reports) == len(kinds) else [f"{len(reports)} reports on {len(kinds)} submissions"]
    for report, kind in zip(reports, kinds, strict=False):
        wanted = (OUTCOMES.get(kind, "finished"), kind in FULL_MARKS)
        if (report.run.outcome, report.score == report.points) != wanted:
            found.append(f"{report.student}, {kind}: {report.run.outcome}, {report.score} of {report.points}")
    return found


def main() -> None:
    """Grade as many as asked for, and say whether all stayed flat; exit status 1 where it did not."""
    parser = argparse.ArgumentParser(description="a long class run, watched from outside")
    parser.add_argument("--submissions", type=int, default=1000)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        folder = Path(place)
        kinds = write_class(folder, words.submissions)
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        looks, done = watched(folder)
        if done.returncode:
            raise SystemExit(f"the run ended with exit status {done.returncode}: {done.stderr.decode()[-2000:]}")
        table, wrong = compared(looks, words.submissions)
        print("\n".join(table))
        wrong = [f"grew: {name}" for name in wrong]
        wrong += wrong_reports(done, kinds)
        wrong += [f"left over: {found}" for found in crash.left_over(folder)]
        wrong += [f"mounted: {line}" for line in Path("/proc/self/mountinfo").read_text().splitlines()[len(mounts) :]]
    print("\n".join(wrong[:20]) or f"{words.submissions} submissions: all as it should be, nothing left over")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
