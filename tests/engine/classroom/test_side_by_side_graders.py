"""Graders at once over one build folder: the marks and pages are those of one after the other, whoever is killed."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from difflib import unified_diff
from pathlib import Path

import machine
import pytest
import small_class
from classroom_toy import FILES
from patience import PATIENCE

from drycloud.classroom.gradebook.marks import Mark, marks
from drycloud.classroom.turns import LOCK, alone
from drycloud.course import load_course

ASSIGNMENTS = ("toy", "more")
WORKS = [
    work.replace("boto3.client", "made = boto3.client") for work in small_class.WORKS
]  # prints no answer, which holds a time
COURSE = """
title: A toy course
variants: 1
late: {penalty_per_day: 0.1, max_penalty: 0.5}
assignments:
  - name: toy
    due: 2027-02-07T23:59:00+01:00
    steps:
      - {name: bucket, minutes: 5}
  - name: more
    due: 2027-02-08T23:59:00+01:00
    steps:
      - {name: bucket, minutes: 5}
"""
LATE = "2027-02-09 12:00:00 UTC"
Class = dict[str, tuple[list[Mark], dict[str, str]]]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two assignments, and six students who handed in for both, some of them late."""
    root = tmp_path_factory.mktemp("class")
    files = {"course.yml": COURSE, "nbgrader_config.py": FILES["nbgrader_config.py"]}
    for tree in ("exercises", "solutions", "graders"):
        files |= {f"{tree}/{name}/bucket.py": FILES[f"{tree}/toy/bucket.py"] for name in ASSIGNMENTS}
    for number in range(6):
        for name in ASSIGNMENTS:
            files[f"build/submitted/s{number}/{name}/bucket.py"] = WORKS[number % len(WORKS)]
            files[f"build/submitted/s{number}/{name}/timestamp.txt"] = LATE if number % 2 else "2027-02-01 12:00:00 UTC"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def wanted(course: Path) -> Class:
    """What one after the other comes to."""
    for name in ASSIGNMENTS:
        done = machine.run([*machine.CLI, "grade", name], course)
        assert done.returncode == 0, done.stderr
    found = standing(course, course / "build")
    of_each = [(mark.score, mark.late_penalty) for mark in found["toy"][0]]
    assert of_each == [(3.5, 0), (0, 0), (2.5, 0), (1.8, 0.7), (3.5, 0), (2.8, 0.7)]
    return found


@pytest.fixture
def build(course: Path, wanted: Class, tmp_path: Path) -> Path:
    """Another build folder, with the same secret and the same work in it."""
    made = tmp_path / "build"
    shutil.copytree(course / "build/submitted", made / "submitted")
    shutil.copy(course / "build/course_secret", made)
    return made


def standing(course: Path, build: Path) -> Class:
    """Marks and pages of each assignment, without measured times."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DRYCLOUD_BUILD", str(build))
        return {name: (marks(load_course(course), name), pages(build, name)) for name in ASSIGNMENTS}


def pages(build: Path, assignment: str) -> dict[str, str]:
    found = sorted((build / "feedback").glob(f"*/{assignment}/*.html"))
    return {str(p.relative_to(build)): re.sub(r"\d+\.\d\d s", "", p.read_text(encoding="utf-8")) for p in found}


def differences(found: Class, wanted: Class) -> list[str]:
    """What differs, in lines that can be read."""
    told = []
    for name in ASSIGNMENTS:
        told += [
            f"{one} instead of {other}"
            for one, other in zip(found[name][0], wanted[name][0], strict=False)
            if one != other
        ]
        for page in sorted({*found[name][1], *wanted[name][1]}):
            texts = [side[name][1].get(page, "").splitlines() for side in (wanted, found)]
            told += [f"{page}: {line}" for line in unified_diff(*texts, lineterm="", n=0)]
    return told


@contextlib.contextmanager
def graders(course: Path, build: Path, assignments: Sequence[str]):
    """A process for each, started at once; those that still run at the end are ended."""
    env = {**os.environ, "DRYCLOUD_BUILD": str(build)}
    command = [sys.executable, machine.__file__, *machine.CLI, "grade"]
    with contextlib.ExitStack() as opened:
        yield [
            opened.enter_context(
                subprocess.Popen([*command, name], cwd=course, env=env, stdout=-1, stderr=-1, text=True)
            )
            for name in assignments
        ]


def undisturbed(course: Path, build: Path, assignments: Sequence[str]) -> None:
    """All of them at once; each must do its work."""
    with graders(course, build, assignments) as processes:
        for process in processes:
            _, err = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, err


def holder_of(build: Path) -> int:
    """The process that puts its marks into the gradebook just now; 0 for none."""
    with contextlib.suppress(OSError, ValueError):
        return int(json.loads((build / LOCK).read_text())["pid"])
    return 0


def disturbed(course: Path, build: Path, assignments: Sequence[str], moment: Callable[[], bool]) -> bool:
    """All of them at once, of which the one whose turn it is, or any other, is killed at that moment."""
    with graders(course, build, assignments) as processes:
        pids = [int(process.stdout.readline()) for process in processes if process.stdout]
        deadline = time.monotonic() + PATIENCE
        while not moment() and time.monotonic() < deadline and any(process.poll() is None for process in processes):
            pass
        victim = holder_of(build) or random.choice(pids)
        is_killed = False
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            is_killed = True
        for process in processes:
            process.communicate(timeout=PATIENCE)
    return is_killed


def killed_in_time(
    course: Path, build: Path, assignments: Sequence[str], moment: Callable[[], bool], *, graded: bool
) -> bool:
    """From the beginning, or with all results at hand; again while all has been done before somebody was killed."""
    for _ in range(10):
        for tree in ("results", "source", "intake", "autograded", "feedback"):
            shutil.rmtree(build / tree, ignore_errors=True)
        (build / "gradebook.db").unlink(missing_ok=True)
        if graded:
            shutil.copytree(course / "build/results", build / "results")
        if disturbed(course, build, assignments, moment):
            return True
    return False


@pytest.mark.parametrize("assignments", [ASSIGNMENTS, ("toy", "toy")], ids=["others", "the same"])
def test_two_at_once(course: Path, build: Path, wanted: Class, assignments: Sequence[str]) -> None:
    """With all results at hand, so that both are at the gradebook at once: both wait their turn, nothing is lost."""
    shutil.copytree(course / "build/results", build / "results")
    with graders(course, build, assignments) as processes:
        with alone(build):
            for process in processes:
                assert process.stderr
                line = process.stderr.readline()
                assert "waiting for" in line, line + process.stderr.read()
        for process in processes:
            assert process.communicate(timeout=PATIENCE)[1] == ""
            assert process.returncode == 0
    found = standing(course, build)
    assert {name: found[name] for name in assignments} == {name: wanted[name] for name in assignments}


def moments(build: Path, assignments: Sequence[str]) -> dict[str, Callable[[], bool]]:
    """Each is a state that a run passes through, from the first result to the last page."""

    def is_any(pattern: str) -> Callable[[], bool]:
        return lambda: any(build.glob(pattern))

    return {
        "results": is_any("results/*/*/*.json"),
        "lock": lambda: bool(holder_of(build)),
        "source": is_any("source/*/*.ipynb"),
        "gradebook": is_any("gradebook.db"),
        "intake": is_any("intake/*/*/*.ipynb"),
        "autograded": is_any("autograded/s1/*/*.ipynb"),
        "feedback": is_any("feedback/s1/*/*.html"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 4])
def test_killed_at_random(course: Path, build: Path, wanted: Class, count: int) -> None:
    """At each kind of moment one of them dies, mostly the one at the gradebook; those after it set all right."""
    assignments = (ASSIGNMENTS * 2)[:count]
    tried = list(moments(build, assignments).items())
    for number, (name, moment) in enumerate(tried if count == 2 else tried[1::2]):
        assert killed_in_time(course, build, assignments, moment, graded=bool(number % 2)), name
        undisturbed(course, build, assignments)
        assert differences(standing(course, build), wanted) == [], name
