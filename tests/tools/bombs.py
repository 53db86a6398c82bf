"""How long honest work takes in a class with ten attackers: `python tests/tools/bombs.py`, or `make bombs`.

A class of honest submissions is graded, and the same class again with ten attacks among them, on processor, processes,
memory, output, requests and descriptors; then both once more. Prints the medians of what an honest submission took from
the moment a worker got it, and their ratio, which may be 2 at most; exit status 1 where it is more, or where an
honest report is not the same to the byte. `--jobs 11` has all ten attacks at once beside one honest submission.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).resolve().parents[1]))

import msgspec
from attacks.corpus import LIMITS, attacks

from drycloud.course import load_course
from drycloud.grading import pool
from drycloud.grading.checker import in_session
from drycloud.grading.works import Submission, Work
from drycloud.report import Report

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"bombs: the same worlds each time"
STEP = ("02_ec2", "terminate")
BOMBS = (
    "busy_loop",
    "fork_bomb",
    "thread_bomb",
    "memory_of_one",
    "gigabyte_of_output",
    "filters_by_the_thousand",
    "flood_of_refused_requests",
    "connections_without_end",
    "descriptors_in_flight",
    "signals_that_wait",
)
HONEST = 30
MOST = 2.0


class Stopwatch:
    """Tells how long each submission was with a worker, in seconds, by its student."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """While it stands, every worker notes what it is given, and when."""
        give = pool._Worker.give

        def noted(worker: pool._Worker, submission: Submission) -> None:
            self.began[submission.student] = time.monotonic()
            give(worker, submission)

        pool._Worker.give = noted  # type: ignore[method-assign]  # no other way to see it from outside
        try:
            yield
        finally:
            pool._Worker.give = give  # type: ignore[method-assign]


def honest() -> list[Submission]:
    """Right work by students h0, h1 and so on."""
    path = ROOT / "tests/submissions" / STEP[0] / STEP[1] / "right/own_loop.py"
    return [Submission(f"h{number}", STEP[0], [Work(STEP[1], path)]) for number in range(HONEST)]


def bombs(folder: Path) -> list[Submission]:
    """One student for each of the ten attacks."""
    texts = {attack.name.partition("/")[2]: attack.text for attack in attacks("ec2")}
    for name in BOMBS:
        (folder / f"{name}.py").write_text(texts[name], encoding="utf-8")
    return [Submission(name, STEP[0], [Work(STEP[1], folder / f"{name}.py")]) for name in BOMBS]


def grade(submissions: list[Submission], jobs: int) -> tuple[dict[str, float], dict[str, Report]]:
    """Each honest student's seconds and report; the first `jobs` do not count for time: they start the workers."""
    watch, reports = Stopwatch(), {}
    course = msgspec.structs.replace(load_course(ROOT), limits=LIMITS)
    with watch.watching():
        for submission, (report,) in pool.grade_all(course, SECRET, submissions, jobs):
            watch.seconds[submission.student] = time.monotonic() - watch.began[submission.student]
            reports[submission.student] = report
    kept = {s.student for s in submissions} - set(BOMBS)
    starters = {s.student for s in submissions[:jobs]}
    return (
        {student: seconds for student, seconds in watch.seconds.items() if student in kept - starters},
        {student: report for student, report in reports.items() if student in kept},
    )


def measure(jobs: int) -> None:
    """Without attackers and with them, twice each, and the table."""
    alone: list[float] = []
    beside: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        thrown = bombs(Path(folder))
        for _ in range(2):
            seconds, reports = grade(honest(), jobs)
            alone += seconds.values()
            seconds, others = grade([*honest()[:jobs], *thrown, *honest()[jobs:]], jobs)
            beside += seconds.values()
            same = [s for s in reports if _settled(reports[s]) == _settled(others[s])]
            if len(same) < HONEST or any(r.score != r.points for r in reports.values()):
                raise SystemExit(f"{HONEST - len(same)} honest reports are not the same with attackers in the class")
    ratio = median(beside) / median(alone)
    print(f"an honest submission, {jobs} at a time: {median(alone):.2f} s (slowest {max(alone):.2f} s)")
    print(f"with ten attackers in the class: {median(beside):.2f} s (slowest {max(beside):.2f} s)")
    print(f"{ratio:.2f} times as long; {HONEST} reports are the same to the byte")
    if ratio > MOST:
        sys.exit(1)


def _settled(report: Report) -> bytes:
    return msgspec.json.encode(report.settled())


def main() -> None:
    """Measure as many at a time as asked for."""
    parser = argparse.ArgumentParser(description="how long honest work takes in a class with ten attackers")
    parser.add_argument("--jobs", type=int, default=pool.usual_jobs())
    jobs = parser.parse_args().jobs
    with contextlib.suppress(KeyboardInterrupt):
        in_session(lambda: measure(jobs))


if __name__ == "__main__":
    main()
