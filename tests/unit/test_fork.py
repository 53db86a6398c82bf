"""Work in a fork: its result comes back, its end is told, and two gradings of a sample begin with one scene."""

import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE

from drycloud.cloud.account.snapshot import Snapshot
from drycloud.course import Course
from drycloud.grading import stage
from drycloud.grading.fork import in_fork
from drycloud.grading.stage import Scene, Stage, StageResult, from_one_scene
from drycloud.grading.submission import Grader
from drycloud.limits import Limits
from drycloud.notebook import Exercise
from drycloud.report import Run

TRANSPARENT = Path("/sys/kernel/mm/transparent_hugepage/enabled")
STAGE = Stage(Exercise(Path("x.py"), []), [], Limits(), [], 7)


def test_a_result_comes_back_from_another_process() -> None:
    """In the type that was asked for."""
    assert in_fork(lambda: [os.getppid()], list[int], PATIENCE) == [os.getpid()]


def test_a_fork_that_ends_without_a_result_is_told() -> None:
    """By an error of ours, or with its process."""
    for work in (lambda: 1 // 0, lambda: os._exit(0)):
        with pytest.raises(ChildProcessError):
            in_fork(work, int, PATIENCE)


def test_a_fork_that_does_not_end_is_ended() -> None:
    """After its time."""
    with pytest.raises(TimeoutError):
        in_fork(lambda: select.select([], [], []), int, 0.1)


def test_a_line_that_leads_nowhere_is_replaced() -> None:
    """Its launcher has died: the worker starts one of its own."""
    ours, theirs = socket.socketpair()
    theirs.close()
    with Grader(Course("", [], root=Path(), build=Path()), b"", ours) as grader:
        assert grader._living_zygote().alive


def test_two_gradings_have_one_scene(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is made once, and each is given it."""
    made = tmp_path / "made"

    def set_scene(_: Stage) -> Scene:
        made.write_text(made.read_text() + "x" if made.exists() else "x")
        return Scene({"n": 5}, {}, Snapshot())

    monkeypatch.setattr(stage, "_set_scene", set_scene)
    results = from_one_scene(STAGE, 2, lambda scene: StageResult(Run(stdout=str(scene.given["n"]))))
    assert [result.run.stdout for result in results] == ["5", "5"]
    assert made.read_text() == "x"


def test_a_scene_that_breaks_is_a_fault_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is told; that its process ended, too."""
    for scene, fault in ((lambda _: 1 // 0, "ZeroDivisionError"), (lambda _: os._exit(0), "did not end as it should")):
        monkeypatch.setattr(stage, "_set_scene", scene)
        results = from_one_scene(STAGE, 2, lambda _: StageResult(Run()))
        assert len(results) == 2
        assert all(fault in result.fault for result in results)


LARGE = """
from pathlib import Path
from drycloud.sandbox.runner import use_large_pages
held = [str(number) for number in range(10**6)]
before = Path("/proc/self/smaps_rollup").read_text()
use_large_pages()
after = Path("/proc/self/smaps_rollup").read_text()
for text in (before, after):
    print(*[line.split()[1] for line in text.splitlines() if line.startswith("AnonHugePages")])
assert held == [str(number) for number in range(10**6)]
"""


def test_what_is_forked_from_lies_in_large_pages() -> None:
    """Where the kernel has them, which is asked for each process; nothing that it held changes."""
    version = tuple(map(int, os.uname().release.split(".")[:2]))
    if version < (6, 1) or not TRANSPARENT.exists() or "[never]" in TRANSPARENT.read_text():
        pytest.skip("this kernel makes no large pages when asked")
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert after - before >= 20 * 1024  # KiB
