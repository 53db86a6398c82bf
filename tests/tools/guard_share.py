"""The guard's share of a graded step: `python tests/tools/guard_share.py --steps 20`; by hand, at a calm moment.

A right submission is graded over and over, in turn with the whole guard, without rules and signatures, and without
patches of moto too. What is left then is moto behind our endpoint, with the states that take time: without those a
submission waits less, and does less. Figures are processor time of a whole graded step, in all its variants, with all
its processes; what a worker needs to begin and to end is taken off by grading one step less. Nothing is asserted but
that each way gives full marks.
"""

import argparse
import ctypes
import os
import resource
import statistics
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {
    ("02_ec2", "terminate"): "filter_and_batch.py",
    ("04_s3", "upload"): "upload_file.py",
}
PATCHES = ("launching", "ending", "filters", "networking", "buckets", "versions", "volumes")
PR_SET_CHILD_SUBREAPER = 36
FINE = "fine"


def whole() -> None:
    """The guard as it is."""


def without_rules() -> None:
    """No rule is asked, no signature looked at."""
    from drycloud.cloud.http import app
    from drycloud.cloud.rules import registry

    registry._BEFORE.clear()
    registry._AFTER.clear()
    app.verified = lambda *_: None  # type: ignore[assignment]


def without_all() -> None:
    """And moto is as it comes, but for states and speed."""
    from drycloud.cloud import warm

    without_rules()
    for name in PATCHES:
        setattr(warm, f"patch_{name}", lambda: None)


WAYS: dict[str, Callable[[], None]] = {"guard": whole, "no rules": without_rules, "no patches": without_all}


class Warm:
    """A warm process of one way, from which a worker is forked for each measurement."""

    def __init__(self, prepare: Callable[[], None]):
        self.pipe, theirs = Pipe()
        if os.fork() == 0:
            self.pipe.close()
            prepare()
            _serve(theirs)
        theirs.close()

    def cost(self, assignment: str, step: str, first: int, count: int) -> float:
        """The processor time of a worker that grades a sample `count` times, as another student each time."""
        self.pipe.send((assignment, step, first, count))
        answer = self.pipe.recv()
        if isinstance(answer, str):
            raise SystemExit(answer)
        return float(answer)


def _serve(pipe: "Connection[Any, Any]") -> None:
    from drycloud.grading import warm  # noqa: F401  # everything is loaded and used once

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what outlives its worker is counted too
    while True:
        try:
            words = pipe.recv()
        except EOFError:
            os._exit(0)
        before = _used()
        told, ours = os.pipe()
        if os.fork() == 0:
            os.write(ours, _graded(*words).encode())
            os._exit(0)
        os.close(ours)
        with os.fdopen(told) as end:
            outcome = end.read()
        while True:
            try:
                os.wait()
            except ChildProcessError:
                break
        pipe.send(_used() - before if outcome == FINE else outcome or "a worker died")


def _used() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def _graded(assignment: str, step: str, first: int, count: int) -> str:
    """Grade: FINE, or what is wrong."""
    try:
        return _grade(assignment, step, first, count)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _grade(assignment: str, step: str, first: int, count: int) -> str:
    from drycloud.course import load_course
    from drycloud.grading.checker import in_session
    from drycloud.grading.submission import Grader
    from drycloud.grading.works import Submission, Work

    sample = ROOT / "tests/submissions" / assignment / step / "right" / SAMPLES[assignment, step]
    wrong: list[str] = []

    def serve() -> None:
        with Grader(load_course(ROOT), b"share") as grader:
            for number in range(first, first + count):
                [report] = grader.grade(Submission(f"s{number}", assignment, [Work(step, sample)]))
                lost = [f"{c.name}: {c.message}" for c in report.checks if c.outcome != "passed"]
                wrong.extend(lost or ([] if report.score == report.points else [report.run.message]))

    in_session(serve)
    return f"{assignment}/{step} is not fully right: {wrong[0]}" if wrong else FINE


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="the guard's share of a graded step")
    parser.add_argument("--steps", type=int, default=20, help="graded steps in one measurement (default: 20)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each way, in turn (default: 3)")
    words = parser.parse_args()
    warm = {way: Warm(prepare) for way, prepare in WAYS.items()}
    for assignment, step in SAMPLES:
        found: dict[str, list[float]] = {way: [] for way in WAYS}
        for turn in range(words.rounds):
            for way, process in warm.items():
                first = 1000 * turn
                more, one = (process.cost(assignment, step, first, n) for n in (words.steps + 1, 1))
                found[way].append((more - one) / words.steps)
        print(f"{assignment}/{step}: {words.rounds} x {words.steps} graded steps each, processor seconds per step")
        whole = statistics.mean(found["guard"])
        for way, values in found.items():
            each = ", ".join(f"{value:.3f}" for value in values)
            mean = statistics.mean(values)
            print(
                f"  {way:10} {mean:.3f} ({each}); the whole guard costs {100 * (whole / mean - 1):+.0f} % more",
                flush=True,
            )


if __name__ == "__main__":
    main()
