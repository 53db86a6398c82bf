"""Limits of what judges: a run that left too much is told so and earns nothing; our own fault waits for a hand."""

import contextlib
import faulthandler
import io
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from one_step import FILES, WORK, report_on

from drycloud.classroom.submissions import claims
from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.cloud.clients.links import Page
from drycloud.cloud.http import app
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.course import load_course
from drycloud.grading import stage
from drycloud.grading.bounds import LITTLE, Overrun, bounded
from drycloud.grading.checker import Verdict, run_checks
from drycloud.grading.evidence import Answers, Evidence
from drycloud.grading.fork import ForkOverrun, in_fork
from drycloud.grading.submission import Grader
from drycloud.grading.suite import load_suite
from drycloud.notebook import Exercise
from drycloud.report import Bill
from drycloud.sandbox import Sandbox

MIB = 1024**2


def spin() -> int:
    while True:
        pass


# --- a process --------------------------------------------------------------------------------------------------------


def limits() -> list[object]:
    kinds = (resource.RLIMIT_DATA, resource.RLIMIT_CPU)
    return [*map(resource.getrlimit, kinds), signal.getsignal(signal.SIGXCPU)]


def test_memory_is_bounded_on_top_of_what_there_is() -> None:
    """What is held already does not count; afterwards the limits are as they were."""
    before, held = limits(), bytearray(200 * MIB)
    with bounded(60, 100):
        assert len(bytearray(50 * MIB))
        with pytest.raises(MemoryError):
            bytearray(150 * MIB)
    assert limits() == before
    assert len(held)


def test_processor_time_is_bounded_and_nothing_swallows_its_end() -> None:
    """Its end is no Exception, and comes again each second."""

    def work() -> list[str]:
        told = []
        with bounded(0.2, 1000):
            for _ in range(2):
                try:
                    spin()
                except Exception:
                    told.append("swallowed")
                except Overrun:
                    told.append("ended")
        return told

    assert in_fork(work, list[str], 300) == ["ended", "ended"]


# --- a fork -----------------------------------------------------------------------------------------------------------


def too_much_memory() -> list[bytes]:
    with bounded(60, 100):
        return [bytes(MIB) for _ in range(200)]


def too_deep() -> int:
    return 1 + too_deep()


def too_long() -> int:
    with bounded(0.2, 1000):
        return spin()


def ignores_its_end() -> int:
    with bounded(0.2, 1000):
        while True:
            with contextlib.suppress(Overrun):
                spin()


def abort() -> None:
    faulthandler.disable()  # which would tell the tests' reader of it
    os.abort()


def ended_by_a_library() -> int:
    held = b"a" * (300 * MIB)
    abort()
    return len(held)


LIMITS: dict[str, Callable[[], Any]] = {
    "memory": too_much_memory,
    "depth": too_deep,
    "time": too_long,
    "time, whatever it does": ignores_its_end,
    "no memory for a library": ended_by_a_library,
}


@pytest.mark.parametrize("work", LIMITS.values(), ids=LIMITS)
def test_a_fork_that_ends_at_a_limit_is_told_from_one_that_is_lost(work: Callable[[], Any]) -> None:
    """Also where it cannot say it itself."""
    with pytest.raises(ForkOverrun):
        in_fork(work, int, 300, 2)


@pytest.mark.parametrize("end", [abort, lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_a_fork_that_ends_otherwise_is_lost(end: Callable[[], Any]) -> None:
    """With little memory and time behind it."""
    with pytest.raises(ChildProcessError) as told:
        in_fork(end, int, 300, 60)
    assert not isinstance(told.value, ForkOverrun)


def test_a_fork_that_did_nothing_all_the_time_is_no_overrun(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was busy is."""
    with pytest.raises(TimeoutError):
        in_fork(lambda: threading.Event().wait(), bool, 1)
    monkeypatch.setattr("drycloud.grading.fork._BUSY", 0.01)
    with pytest.raises(ForkOverrun):
        in_fork(spin, int, 2)


# --- a check ----------------------------------------------------------------------------------------------------------

GREEDY = '''
import json
from drycloud import check

@check(points=1)
def test_fills_memory(answers):
    """One that takes as much memory as an answer makes it."""
    held = [bytes(1000) for _ in range(answers.n)]

@check(points=1)
def test_goes_deep(answers):
    """One that goes as deep as a text does."""
    json.loads(answers.text)

@check(points=1)
def test_later():
    """One that comes later and takes half of the memory."""
    assert len(bytes(60 * 1024**2))
'''


def verdicts(folder: Path, answers: dict[str, Any], left: float) -> list[Verdict]:
    (folder / "g.py").write_text(GREEDY)
    suite = load_suite(Exercise(folder / "e.py", []), folder / "g.py")
    evidence = Evidence(
        *(Snapshot(), Snapshot(), SimpleNamespace(), Answers(answers), {}, {}, Trail(), Bill()),
        client=SimpleNamespace,
        fetch=lambda url: Page(),
        left=left,
    )

    def work() -> list[Verdict]:
        with bounded(60, 120):
            return run_checks(suite, evidence)

    return in_fork(work, list[Verdict], 300)


HARMLESS, LARGE, DEEP = {"n": 1, "text": "1"}, {"n": 10**6, "text": "1"}, {"n": 1, "text": "[" * 10**5}


@pytest.mark.parametrize(
    ("answers", "outcomes"),
    [
        (HARMLESS, ["passed", "passed", "passed"]),
        (LARGE, ["failed", "passed", "passed"]),
        (DEEP, ["passed", "failed", "passed"]),
    ],
    ids=["harmless", "large", "deep"],
)
def test_a_check_that_needs_too_much_is_failed(tmp_path: Path, answers: dict[str, Any], outcomes: list[str]) -> None:
    """It says so in a sentence, and holds nothing that the next one needs."""
    found = verdicts(tmp_path, answers, LITTLE)
    assert [verdict.outcome for verdict in found] == outcomes
    assert all("too large, or nested too deep" in verdict.message for verdict in found if verdict.outcome == "failed")


@pytest.mark.parametrize(("answers", "kind"), [(LARGE, "MemoryError"), (DEEP, "RecursionError")])
def test_a_check_that_needs_too_much_for_next_to_nothing_broke(
    tmp_path: Path, answers: dict[str, Any], kind: str
) -> None:
    """That is our fault, and we are told where."""
    broke = [verdict for verdict in verdicts(tmp_path, answers, LITTLE - 1) if verdict.outcome != "passed"]
    assert [verdict.outcome for verdict in broke] == ["broke"]
    assert f"broke: {kind}" in broke[0].fault


# --- a run ------------------------------------------------------------------------------------------------------------


GREEDY_TOO = '''

@check(points=1)
def test_large(answers):
    """It is as large as an answer says."""
    assert [bytes(1000) for _ in range(answers.get("n", 1))], "It is not."
'''


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """One for the course of one step that test_lost_runs has, with one more check."""
    root = tmp_path_factory.mktemp("course")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip("\n") + GREEDY_TOO * ("graders" in name), encoding="utf-8")
    with Grader(load_course(root), b"secret") as one:
        yield one


def test_the_checks_of_a_run_are_bounded(grader: Grader, tmp_path: Path) -> None:
    """The one that needs too much fails, and the others pass."""
    report = report_on(grader, f"{WORK}n = 3 * 10**6\n", tmp_path)
    assert (report.status, report.score, report.points) == ("graded", 8, 9)
    assert [check.name for check in report.checks if check.outcome != "passed"] == ["test_large"]
    assert report_on(grader, WORK, tmp_path).score == 9


ENDLESS: dict[str, tuple[Any, str, Callable[[], Any], str]] = {
    "while calls are answered": (Sandbox, "run", spin, "its calls took more memory or processor time"),
    "while calls are answered, ignoring its end": (Sandbox, "run", ignores_its_end, "too large, or nested too deep"),
    "afterwards": (stage, "price", spin, "to look at what it left takes longer"),
    "afterwards, ignoring its end": (stage, "price", ignores_its_end, "too large, or nested too deep"),
}


@pytest.mark.parametrize(("place", "name", "work", "words"), ENDLESS.values(), ids=ENDLESS)
def test_the_processor_time_of_a_run_is_bounded(
    grader: Grader,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    place: Any,
    name: str,
    work: Callable[[], Any],
    words: str,
) -> None:
    """Also where nobody hears that it is over."""
    monkeypatch.setattr(place, name, lambda *_: work())
    monkeypatch.setattr(stage, "_run_processor", lambda _: 0.5)
    monkeypatch.setattr(stage, "_JUDGE_PROCESSOR", 0.5)
    monkeypatch.setattr(stage, "_REPORT_SECONDS", 1)
    monkeypatch.setattr(stage, "_SCENE_PROCESSOR", 4)
    monkeypatch.setattr("drycloud.grading.fork._BUSY", 0.5)
    report = report_on(grader, WORK, tmp_path)
    assert (report.status, report.score) == ("graded", 0)
    assert words in report.run.message


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object) -> Any:
        raise error

    return fail


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), Overrun()], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("step", ["price", "run_checks"])
def test_looking_at_what_a_run_left_may_end_at_a_limit(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, error: BaseException
) -> None:
    """Then nothing is earned, and the run's report says why; where nothing was left to look at it is our fault."""
    monkeypatch.setattr(stage, step, raising(error))
    report = report_on(grader, WORK, tmp_path)
    assert (report.status, report.score) == ("graded", 0)
    assert "Your code overran what grading may take" in report.run.message
    assert {check.outcome for check in report.checks} == {"failed"}
    report = report_on(grader, "pass\n", tmp_path)
    assert (report.status, type(error).__name__ in report.faults[0]) == ("needs_grading", True)


@pytest.mark.parametrize("where", ["_set_scene", "_perform"])
def test_a_scene_that_ends_at_a_limit_is_our_fault(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    """Nobody's code was there yet."""
    monkeypatch.setattr(stage, where, raising(MemoryError()))
    assert report_on(grader, WORK, tmp_path).status == "needs_grading"


def test_a_fork_that_dies_at_its_limit_is_a_verdict(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is known of the run but that."""
    monkeypatch.setattr(stage, "in_fork", raising(ForkOverrun("it took too much")))
    report = report_on(grader, WORK, tmp_path)
    assert (report.status, report.score, report.run.outcome) == ("graded", 0, "killed")
    assert "Your code overran" in report.run.message


# --- the last call ----------------------------------------------------------------------------------------------------


IMPATIENT = """
import boto3
from botocore.config import Config
s3 = boto3.client("s3", config=Config(read_timeout=0.5, retries={"max_attempts": 0}))
s3.create_bucket(Bucket="b-1")
"""


def held_call(monkeypatch: pytest.MonkeyPatch, *, busy: bool, processor: float = 0.2) -> None:
    """Let the call that makes a bucket never end."""
    real = app.respond

    def respond(ask: Any) -> Any:
        if ask.operation != "CreateBucket":
            return real(ask)
        return spin() if busy else threading.Event().wait()

    monkeypatch.setattr(app, "respond", respond)
    monkeypatch.setattr(app, "_LAST_CALL", 300 if busy else 0.5)
    monkeypatch.setattr(app, "_LAST_CALL_PROCESSOR", processor if busy else 300)
    monkeypatch.setattr(app, "_IDLE", processor / 2 if busy else 300)


@pytest.mark.parametrize("busy", [True, False])
def test_a_call_that_never_ends_does_not_hold_the_judge(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, busy: bool
) -> None:
    """It is the run's verdict where it is work that was asked for, and our fault where it only waits."""
    held_call(monkeypatch, busy=busy)
    report = report_on(grader, IMPATIENT, tmp_path)
    if busy:
        assert (report.status, report.score, report.run.outcome) == ("graded", 0, "raised")
        assert "one of its calls took so long that it was given up" in report.run.message
    else:
        assert report.status == "needs_grading"
        assert "a call to the simulated AWS did not end" in report.faults[0]


def test_a_call_without_memory_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused like one for which there is no room any more, and so is what follows."""
    cloud = Cloud(["s3"], Bounds(held=10**9))
    monkeypatch.setattr(app, "respond", raising(MemoryError()))
    monkeypatch.setattr(app, "verified", lambda *_: None)
    status, _, body = cloud.answer({"REQUEST_METHOD": "GET", "PATH_INFO": "/a/b", "wsgi.input": io.BytesIO()})
    assert (status[:3], b"takes too much memory" in b"".join(body)) == ("503", True)
    assert cloud.meter.is_over
    assert cloud.trail[0].error == "RequestLimitExceeded"


# --- a file -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), Overrun()], ids=lambda error: type(error).__name__)
def test_a_file_that_takes_too_much_to_be_read_is_refused(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: BaseException
) -> None:
    """In a student's words, like one that is damaged."""
    monkeypatch.setattr("drycloud.notebook.intake.read_text", raising(error))
    report = report_on(grader, WORK, tmp_path)
    assert (report.status, report.score, report.run.outcome) == ("graded", 0, "refused")
    assert "too large, or nested too deep, to be read" in report.run.message
    monkeypatch.setattr("drycloud.classroom.submissions.claims.step_named", raising(error))
    assert claims._step_of_unchanged(tmp_path / type(error).__name__) == ""
