"""A run whose sandbox or grading is lost: it is made again, and if that is no use, nothing is earned or lost by it."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from one_step import FILES, WORK, report_on

from drycloud.course import load_course
from drycloud.errors import SandboxError
from drycloud.grading import pool, stage
from drycloud.grading.pool import Answer, Failure
from drycloud.grading.results import Results
from drycloud.grading.submission import Grader
from drycloud.grading.works import Submission, Work
from drycloud.sandbox import Job, Sandbox, SandboxLost, Zygote, box
from drycloud.sandbox.channel import Channel, SandboxBusy
from drycloud.sandbox.messages import Outcome

ENDS = {"ran_out_of_memory": "out_of_memory", "ran_out_of_processes": "killed"}
real_run = Sandbox.run


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one step."""
    root = tmp_path_factory.mktemp("course")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip("\n"), encoding="utf-8")
    return root


@pytest.fixture
def grader(course: Path) -> Iterator[Grader]:
    """One for that course."""
    with Grader(load_course(course), b"secret") as one:
        yield one


def lose(monkeypatch: pytest.MonkeyPatch, folder: Path, *, times: int, after: bool = True) -> None:
    """Lose so many sandboxes, before or after what ran in them."""

    def run(self: Sandbox, job: Job) -> Outcome:
        if len(list(folder.glob("lost-*"))) >= times:
            return real_run(self, job)
        (folder / f"lost-{os.getpid()}").touch()
        if after:
            real_run(self, job)
        raise SandboxLost("it ended")

    monkeypatch.setattr(Sandbox, "run", run)


def test_a_run_that_is_lost_once_is_made_again(grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the same world, and the report is that of a run that was never lost."""
    sound = report_on(grader, WORK, tmp_path)
    assert (sound.score, sound.status) == (8, "graded")
    lose(monkeypatch, tmp_path, times=1)
    assert report_on(grader, WORK, tmp_path).settled() == sound.settled()
    assert list(tmp_path.glob("lost-*"))


def test_a_run_that_is_lost_each_time_waits_for_a_hand(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """We lost it, and nobody knows what it would have come to."""
    lose(monkeypatch, tmp_path, times=99)
    report = report_on(grader, WORK, tmp_path)
    assert (report.score, report.status) == (0, "needs_grading")
    assert report.faults == ["exercises/toy/bucket.py: the sandbox of this run was lost: it ended"]


class Group:
    """A control group of which the kernel tells one thing."""

    def __init__(self, told: str):
        self.told = told

    def __getattr__(self, name: str) -> Any:
        return lambda *_: name == self.told


@pytest.mark.parametrize("told", ENDS)
def test_a_sandbox_that_ends_at_a_limit_is_the_run_s_own_end(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str
) -> None:
    """The kernel tells: what the run did to the cloud counts; answers and files went with the sandbox."""

    def receive(*_: object) -> bytes:
        raise SandboxLost("it ended")

    real = Sandbox.run

    def run(self: Sandbox, job: Job) -> Outcome:
        real(self, job)
        self._group = Group(told)  # type: ignore[assignment]
        monkeypatch.setattr(Channel, "receive", receive)  # in this fork alone
        return real(self, job)

    monkeypatch.setattr(Sandbox, "run", run)
    report = report_on(grader, WORK, tmp_path)
    assert (report.run.outcome, report.score, report.status) == (ENDS[told], 4, "graded")


@pytest.mark.parametrize("group", [None, Group("lost_a_process")])
def test_a_kill_while_the_machine_is_short_of_memory_is_no_mark(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, group: Group | None
) -> None:
    """Else it was the run's own doing, and counts when it happens again."""
    end = "import os\nos.kill(os.getpid(), 9)\n"
    assert report_on(grader, WORK + end, tmp_path).status == "graded"
    monkeypatch.setattr(Zygote, "_grouped", lambda *_: group)
    monkeypatch.setattr(box, "memory_kills", itertools.count().__next__)
    report = report_on(grader, WORK + end, tmp_path)
    assert (report.score, report.status) == (0, "needs_grading")
    assert "short of memory" in report.faults[0]
    assert report_on(grader, WORK, tmp_path).score == (0 if group else 8)


@pytest.mark.parametrize("error", [SandboxError, SandboxLost, SandboxBusy])
def test_one_sandbox_that_cannot_be_had_is_asked_for_again(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[Exception]
) -> None:
    """And when there is none again, the run waits for a hand: others have had theirs."""
    sound = report_on(grader, WORK, tmp_path)
    real, left = Zygote.spawn, [1]

    def spawn(self: Zygote, *words: Any) -> Sandbox:
        left[0] -= 1
        if left[0] >= 0:
            raise error("the kernel said no")
        return real(self, *words)

    monkeypatch.setattr(Zygote, "spawn", spawn)
    assert report_on(grader, WORK, tmp_path).settled() == sound.settled()
    left[0] = 99
    report = report_on(grader, WORK, tmp_path)
    assert (report.score, report.status) == (0, "needs_grading")
    assert "the kernel said no" in report.faults[0]


@pytest.mark.parametrize("error", [SandboxError, SandboxLost])
def test_a_first_sandbox_that_cannot_be_had_ends_it(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[Exception]
) -> None:
    """Nothing can be graded here."""

    def spawn(*_: object) -> Sandbox:
        raise error("the kernel said no")

    monkeypatch.setattr(Zygote, "spawn", spawn)
    with pytest.raises(SandboxError, match="the kernel said no"):
        report_on(grader, WORK, tmp_path)


def test_grading_that_is_lost_each_time_waits_for_a_hand(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever the other variant came to: it is our fault."""
    real, seeds = stage.run_checks, set(range(2))

    def lost(suite: Any, evidence: Any) -> Any:
        given = tmp_path / evidence.given.bucket
        given.touch()
        if len(list(tmp_path.glob("data-*"))) == len(seeds):
            os._exit(0)
        return real(suite, evidence)

    monkeypatch.setattr(stage, "run_checks", lost)
    report = report_on(grader, WORK, tmp_path)
    assert (report.score, report.status) == (0, "needs_grading")
    assert report.faults == ["exercises/toy/bucket.py: grading this run did not end as it should"]


def test_a_sandbox_that_is_lost_before_a_run_waits_for_a_hand(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody's code ran in it."""

    def listen(self: Sandbox, port: int) -> None:
        raise SandboxLost("it gave no socket")

    monkeypatch.setattr(Sandbox, "listen", listen)
    report = report_on(grader, WORK, tmp_path)
    assert (report.score, report.status) == (0, "needs_grading")


@pytest.mark.parametrize("answer", [None, Failure("SandboxError", "no sandbox can be started here: Errno 109")])
@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_is_lost_stops_nobody(
    course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Answer, times: int
) -> None:
    """Its submission is given to another one, and then waits for a hand; the others' marks are as ever."""
    submissions = []
    for student in ("ann", "bob", "cid"):
        (tmp_path / f"{student}.py").write_text(WORK, encoding="utf-8")
        submissions.append(Submission(student, "toy", [Work("bucket", tmp_path / f"{student}.py")]))
    given: list[str] = []
    real_give, real_answer = pool._Worker.give, pool._Worker.answer

    def give(self: Any, submission: Submission) -> None:
        given.append(submission.student)
        real_give(self, submission)

    def answered(self: Any) -> Answer | None:
        found = real_answer(self)
        is_bob = isinstance(found, list) and found[0].student == "bob"
        return answer if is_bob and given.count("bob") <= times else found

    monkeypatch.setattr(pool._Worker, "give", give)
    monkeypatch.setattr(pool._Worker, "answer", answered)
    found = {s.student: r[0] for s, r in pool.grade_all(load_course(course), b"secret", submissions, 1)}
    assert {student: (report.score, report.status) for student, report in found.items()} == {
        "ann": (8, "graded"),
        "bob": (8, "graded") if times == 1 else (0, "needs_grading"),
        "cid": (8, "graded"),
    }
    assert given.count("bob") == times + 1
    why = answer.message if isinstance(answer, Failure) else "the process that graded it ended twice without a result"
    assert times == 1 or found["bob"].faults == [f"exercises/toy/bucket.py: {why}"]


def test_what_was_lost_is_graded_when_it_is_asked_for_again(course: Path, tmp_path: Path) -> None:
    """`drycloud grade` does; what reads a report back, such as nbgrader, finds the one that was kept."""
    (tmp_path / "bucket.py").write_text(WORK, encoding="utf-8")
    submission = Submission("ann", "toy", [Work("bucket", tmp_path / "bucket.py")])
    results = Results(structs.replace(load_course(course), build=tmp_path / "build"))
    (sound,) = results.grade([submission], 1)
    lost = structs.replace(sound, status="needs_grading", score=0.0, faults=["exercises/toy/bucket.py: lost"])
    results.save(submission, submission.works[0], lost)
    assert list(results.grade([submission], 1)) == [lost]
    assert [report.settled() for report in results.grade([submission], 1, again=True)] == [sound.settled()]
    assert results.load_current(submission, submission.works[0]).status == "graded"


@pytest.mark.parametrize("number", [9, 11, 34, 35, 50, 64])
def test_a_signal_costs_no_work(grader: Grader, tmp_path: Path, number: int) -> None:
    """Whether its name is known or not: what was done before it counts. Two points are for files, which are known."""
    end = f"import os\nos.kill(os.getpid(), {number})\n"
    assert report_on(grader, WORK + end, tmp_path).score == 6
    assert report_on(grader, f"name = given.bucket\n{end}", tmp_path).score == 2
