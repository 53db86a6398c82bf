"""Bad input: one line that says what, where and what to do; exit status 2; no traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STEP = "02_ec2/terminate"
TWICE = "title: T\nassignments:\n  - name: a\n    steps:\n" + 2 * "      - {name: s, minutes: 5}\n"
SOLUTION = ROOT / "solutions" / f"{STEP}.py"


@pytest.fixture
def course(tmp_path):
    """A course of one step, to be broken."""
    for tree in ("exercises", "solutions", "graders"):
        path = tmp_path / tree / f"{STEP}.py"
        path.parent.mkdir(parents=True)
        shutil.copy(ROOT / tree / f"{STEP}.py", path)
    (tmp_path / "course.yml").write_text(
        "title: T\nassignments:\n  - name: 02_ec2\n    steps:\n      - {name: terminate, minutes: 5}\n"
    )
    return tmp_path


def drycloud(course, *words, **environment):
    command = [sys.executable, "-m", "drycloud.cli", *words]
    env = {**os.environ, "DRYCLOUD_BUILD": str(course / "build"), **environment}
    return subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, timeout=120)


def refused(done):
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no course.yml"),
        ("", "course.yml:1: empty"),
        ("title: [", "not YAML"),
        ("title: T\nassignment: []\n", "unknown field `assignment`"),
        ("title: T\nassignments:\n  - name: a\n    steps:\n      - {name: s, minutes: many}\n", "course.yml:5:"),
        (TWICE, "course.yml:6: 'a/s' stands twice"),
        ("title: T\ntitle: U\n", "course.yml:2: 'title' stands twice"),
    ],
)
def test_a_wrong_course_yml(course, text, words):
    """course.yml missing, empty, not YAML, with an unknown key, a wrong type, a duplicate: file and line."""
    path = course / "course.yml"
    path.unlink() if text is None else path.write_text(text)
    assert words in refused(drycloud(course, "verify"))


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("exercises/02_ec2/terminate.py", None, "exercises/02_ec2/terminate.py: this exercise is missing"),
        ("solutions/02_ec2/terminate.py", None, "this solution is missing"),
        ("graders/02_ec2/terminate.py", None, "this grader is missing"),
        ("graders/02_ec2/notes.txt", "x", "graders/02_ec2/notes.txt: belongs to no step"),
        ("graders/02_ec2/terminate.py", "x = 1\n", "no check in this grader"),
        (
            "graders/02_ec2/terminate.py",
            "from drycloud import check\n@check()\ndef test_x():\n    'T.'\n",
            "terminate.py:2: TypeError",
        ),
        (
            "graders/02_ec2/terminate.py",
            "from drycloud import check\n@check(points=1)\ndef test_x():\n    pass\n",
            "terminate.py:2: ValueError: test_x has no docstring",
        ),
        ("graders/02_ec2/terminate.py", "def f(:\n", "terminate.py:1: not Python"),
        ("exercises/02_ec2/terminate.py", "# %% [markdown]\n# text\n", "no task cell"),
        ("solutions/02_ec2/terminate.py", "# %%\na = 1\n# %%\nb = 1\n", "2 task cells, where the exercise has 1"),
    ],
)
def test_a_wrong_tree(course, file, text, words):
    """A file missing, stray or wrong in one of the three trees."""
    path = course / file
    path.unlink() if text is None else path.write_text(text)
    assert words in refused(drycloud(course, "verify"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("grade", "02_ec2/termi", "x.py"), "unknown step '02_ec2/termi' — there is: 02_ec2/terminate"),
        (("grade", "9", "x.py"), "unknown assignment '9'"),
        (("grade", STEP), "no file to grade"),
        (("grade", STEP, "nowhere.py"), "nowhere.py: there is no such file"),
        (("grade", "02_ec2"), "nobody has submitted 02_ec2"),
        (("verify", "nope"), "unknown assignment 'nope'"),
        (("fly",), "No such command 'fly'"),
    ],
)
def test_a_wrong_command(course, words, expected):
    """The command line asks for what does not exist."""
    assert expected in refused(drycloud(course, *words))


def test_results_that_cannot_be_written(course):
    """A place for results that is a file: one line, and nothing else is touched."""
    (course / "build").write_text("in the way")
    assert "course_secret" in refused(drycloud(course, "grade", STEP, str(SOLUTION)))
