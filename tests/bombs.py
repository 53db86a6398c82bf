"""How long honest work takes beside four bombs: `python tests/bombs.py`, or `make bombs`.

An honest submission is graded again and again, first alone and then while four other workers grade nothing but
attacks on processor, processes, memory and output; then both once more. Prints the medians and their ratio, which may
be 2 at most; exit status 1 where it is more.
"""

import argparse
import contextlib
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from attacks.corpus import attacks

from drycloud.course import load_course
from drycloud.grading.checker import in_session
from drycloud.grading.pool import grade_all
from drycloud.grading.submission import Grader
from drycloud.grading.works import Submission, Work

ROOT = Path(__file__).resolve().parent.parent
SECRET = b"bombs: the same worlds each time"
STEP = ("02_ec2", "terminate")
BOMBS = ("busy_loop", "fork_bomb", "memory_of_one", "gigabyte_of_output")
MOST = 2.0


def bombs(folder: Path) -> list[Submission]:
    """Four attacks in turn, more than will be graded meanwhile."""
    texts = {attack.name.partition("/")[2]: attack.text for attack in attacks("ec2")}
    for name in BOMBS:
        (folder / f"{name}.py").write_text(texts[name], encoding="utf-8")
    works = {name: [Work(STEP[1], folder / f"{name}.py")] for name in BOMBS}
    return [Submission(f"{name} {number}", STEP[0], works[name]) for number in range(1000) for name in BOMBS]


def throw(folder: Path, going: "multiprocessing.synchronize.Event") -> None:
    """Grade bombs, four at a time, until this process is ended; `going` is set when the first four have begun."""
    found = grade_all(ROOT, load_course(ROOT), SECRET, bombs(folder), len(BOMBS))
    for number, _ in enumerate(found):
        if number == 0:
            going.set()


def seconds(grader: Grader, times: int) -> list[float]:
    """How long each grading of the honest submission took."""
    path = ROOT / "tests/submissions" / STEP[0] / STEP[1] / "right/own_loop.py"
    taken = []
    for _ in range(times):
        began = time.monotonic()
        (report,) = grader.grade(Submission("honest", STEP[0], [Work(STEP[1], path)]))
        taken.append(time.monotonic() - began)
        if report.score != report.points:
            raise SystemExit(f"honest work came to {report.score:g} of {report.points:g}: {report.run.message}")
    return taken


def measure(times: int) -> None:
    """Alone and beside, twice each, and the table."""
    alone, beside = [], []
    with Grader(ROOT, load_course(ROOT), SECRET) as grader, tempfile.TemporaryDirectory() as folder:
        seconds(grader, 2)  # what is made at first use
        for _ in range(2):
            alone += seconds(grader, times)
            going = multiprocessing.get_context("spawn").Event()
            thrower = multiprocessing.get_context("spawn").Process(target=throw, args=(Path(folder), going))
            thrower.start()
            going.wait()
            beside += seconds(grader, times)
            thrower.terminate()
            thrower.join()
    ratio = median(beside) / median(alone)
    print(f"alone {median(alone):.2f} s, beside {len(BOMBS)} bombs {median(beside):.2f} s: {ratio:.2f} times as long")
    if ratio > MOST:
        sys.exit(1)


def main() -> None:
    """Measure as often as asked for."""
    parser = argparse.ArgumentParser(description="how long honest work takes beside four bombs")
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    with contextlib.suppress(KeyboardInterrupt):
        in_session(lambda: measure(times))


if __name__ == "__main__":
    main()
