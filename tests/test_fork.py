"""Work in a fork: its result comes back, its end is told, and two gradings of a sample begin with one scene."""

import os
import select
import socket
from pathlib import Path

import pytest

from drycloud.cloud.snapshot import Snapshot
from drycloud.course import Course
from drycloud.grading import stage
from drycloud.grading.fork import in_fork
from drycloud.grading.stage import Scene, Stage, StageResult, from_one_scene
from drycloud.grading.submission import Grader
from drycloud.limits import Limits
from drycloud.notebook import Exercise
from drycloud.report import Run

STAGE = Stage(Exercise(Path("x.py"), []), [], Limits(), [], 7)


def test_a_result_comes_back_from_another_process() -> None:
    """In the type that was asked for."""
    assert in_fork(lambda: [os.getppid()], list[int], 30) == [os.getpid()]


def test_a_fork_that_ends_without_a_result_is_told() -> None:
    """By an error of ours, or with its process."""
    for work in (lambda: 1 // 0, lambda: os._exit(0)):
        with pytest.raises(ChildProcessError):
            in_fork(work, int, 30)


def test_a_fork_that_does_not_end_is_ended() -> None:
    """After its time."""
    with pytest.raises(TimeoutError):
        in_fork(lambda: select.select([], [], []), int, 0.1)


def test_a_line_that_leads_nowhere_is_replaced() -> None:
    """Its nursery has died: the worker starts one of its own."""
    ours, theirs = socket.socketpair()
    theirs.close()
    with Grader(Path(), Course("", []), b"", ours) as grader:
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
