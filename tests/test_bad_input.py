"""Bad input: one line that says what, where and what to do; exit status 2; no traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from drycloud.cli.main import cli, main

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
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
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


def said(monkeypatch, capfd, folder, *words):
    """What the command, run in this process, prints on standard error before it ends with status 2."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("DRYCLOUD_BUILD", raising=False)
    monkeypatch.setattr(sys, "argv", ["drycloud", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    assert ended.value.code == 2
    assert out == ""
    (line,) = err.splitlines()
    return line


COMMANDS = [name for name in sorted(cli.commands) if name != "cloud"]  # a student's cloud needs no course


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_does_without_a_course(monkeypatch, capfd, tmp_path, name):
    """Outside of a course every command says where it looked for course.yml, and leaves nothing behind."""
    words = ["02_ec2"] if any(isinstance(word, click.Argument) for word in cli.commands[name].params) else []
    line = said(monkeypatch, capfd, tmp_path, name, *words)
    assert line == f"drycloud: {tmp_path}/course.yml: there is no course.yml — run drycloud in a course's folder"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if cli.commands[name].params])
def test_every_command_names_the_assignments_that_there_are(monkeypatch, capfd, course, name):
    """An assignment that does not exist: the line has those that do."""
    assert said(monkeypatch, capfd, course, name, "9") == "drycloud: unknown assignment '9' — there is: 02_ec2"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("grade 02_ec2 --jobs 0", "'--jobs': 0 is not in the range 1<=x<=256"),
        ("verify --jobs 0", "'--jobs': 0 is not in the range 1<=x<=256"),
        ("grade 02_ec2 --jobs many", "'many' is not a valid integer range"),
        (
            "grade 02_ec2 --submitted course.yml",
            "course.yml: not a folder — say --submitted DIR, with DIR/STUDENT/02_ec2/",
        ),
        ("grade 02_ec2 --submitted nowhere", "nowhere: not a folder"),
        (
            "grade 02_ec2 --submitted exercises",
            "exercises: nobody has submitted 02_ec2 — collect first, or say --submitted DIR",
        ),
        ("grade 02_ec2 x.py", "files are of one step — say 'drycloud grade 02_ec2/STEP FILE…'"),
        (f"grade {STEP} course.yml --submitted exercises", "--submitted is for a whole assignment"),
        ("grade", "Missing argument 'A[/S]'"),
        ("grade 02_ec2 --fast", "No such option"),
    ],
)
def test_a_wrong_option(monkeypatch, capfd, course, words, expected):
    """Options with values that cannot be, in places where they mean nothing, or that do not exist."""
    assert expected in said(monkeypatch, capfd, course, *words.split())


def test_results_that_cannot_be_written(course):
    """A place for results that is a file: one line, and nothing else is touched."""
    (course / "build").write_text("in the way")
    assert "course_secret" in refused(drycloud(course, "grade", STEP, str(SOLUTION)))
