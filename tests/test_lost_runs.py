"""A run whose sandbox or grading is lost: it is made again, and if that is no use, nothing is earned or lost by it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drycloud.course import load_course
from drycloud.grading import stage
from drycloud.grading.submission import Grader
from drycloud.grading.works import Submission, Work
from drycloud.report import Report
from drycloud.sandbox import Job, Sandbox, SandboxLost
from drycloud.sandbox.messages import Outcome

FILES = {
    "course.yml": """
title: A toy course
limits: {wall_seconds: 10}
assignments:
  - name: toy
    title: One step
    due: 2027-02-07T23:59:00+01:00
    steps:
      - {name: bucket, minutes: 5}
""",
    "exercises/toy/bucket.py": """
# %% [markdown]
# # A bucket

# %% tags=["scene"]
from drycloud import simulate


def scene(s3, rng):
    return {"bucket": f"data-{rng.randrange(10**6)}"}


given = simulate(scene)

# %% tags=["task"]
# Make the bucket, say its name, and leave no file.
""",
    "graders/toy/bucket.py": '''
from drycloud import check


@check(points=4)
def test_bucket(after, given):
    """There is a bucket."""
    assert after.bucket(given.bucket), "There is none."


@check(points=2)
def test_name(answers, given):
    """Its name is told."""
    assert answers.name == given.bucket, "It is another."


@check(points=1)
def test_no_file(files):
    """There is no file."""
    assert not [name for name in files if name != "bucket.py"], "There is one."


@check(points=1)
def test_no_other_file(files):
    """There is no other file."""
    for name in set(files) - {"bucket.py"}:
        raise AssertionError(f"There is {name}.")
''',
}
WORK = "import boto3\nname = given.bucket\nboto3.client('s3').create_bucket(Bucket=name)\n"
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
    with Grader(course, load_course(course), b"secret") as one:
        yield one


def report_on(grader: Grader, text: str, folder: Path) -> Report:
    path = folder / "bucket.py"
    path.write_text(text, encoding="utf-8")
    (report,) = grader.grade(Submission("ann", "toy", [Work("bucket", path)]))
    return report


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


def test_a_run_that_is_lost_each_time_is_a_killed_one(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What it did to the cloud counts; answers and files went with the sandbox, and absent files are no success."""
    lose(monkeypatch, tmp_path, times=99)
    report = report_on(grader, WORK, tmp_path)
    assert (report.run.outcome, report.score, report.status) == ("killed", 4, "graded")
    assert {check.name for check in report.checks if check.outcome == "passed"} == {"test_bucket"}
    assert report_on(grader, "name = given.bucket", tmp_path).score == 0


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


@pytest.mark.parametrize("number", [9, 11, 34, 35, 50, 64])
def test_a_signal_costs_no_work(grader: Grader, tmp_path: Path, number: int) -> None:
    """Whether its name is known or not: what was done before it counts. Two points are for files, which are known."""
    end = f"import os\nos.kill(os.getpid(), {number})\n"
    assert report_on(grader, WORK + end, tmp_path).score == 6
    assert report_on(grader, f"name = given.bucket\n{end}", tmp_path).score == 2
