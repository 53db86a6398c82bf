"""Bad input: one line that says what, where and what to do; exit status 2; no traceback."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta

import click
import pytest
from patience import PATIENCE
from repository import ROOT

from drycloud.cli.main import cli, main
from drycloud.course import load_course
from drycloud.course.settings import SERVICES
from drycloud.errors import CourseError

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
    (tmp_path / "empty").mkdir()
    (tmp_path / "course.yml").write_text(
        "title: T\nassignments:\n  - name: 02_ec2\n    steps:\n      - {name: terminate, minutes: 5}\n"
    )
    return tmp_path


def drycloud(course, *words, **environment):
    command = [sys.executable, "-m", "drycloud.cli", *words]
    env = {**os.environ, "DRYCLOUD_BUILD": str(course / "build"), **environment}
    return subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, timeout=PATIENCE)


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
        (TWICE, "course.yml:6: 'a/s' is given twice"),
        ("title: T\ntitle: U\n", "course.yml:2: 'title' is given twice"),
    ],
)
def test_a_wrong_course_yml(course, text, words):
    """course.yml missing, empty, not YAML, with an unknown key, a wrong type, a duplicate: file and line."""
    path = course / "course.yml"
    path.unlink() if text is None else path.write_text(text)
    assert words in refused(drycloud(course, "verify"))


ONE = "title: T\n{}assignments:\n  - name: a\n{}    steps:\n      - {{name: s, minutes: 5}}\n"
EXAMPLE = "write 'due: 2027-02-07T23:59:00+01:00', or set 'timezone: Europe/Berlin'"


@pytest.mark.parametrize(
    ("top", "below", "words"),
    [
        ("", "    due: 2027-02-07T23:59:00\n", "course.yml:4: this due date does not say its time zone — " + EXAMPLE),
        ("", "    due: 2027-02-07\n", EXAMPLE),
        ("", "    due: 2027-02-07 23:59\n", EXAMPLE),
        ("", "    due: Sunday\n", "course.yml:4: "),
        ("timezone: Europe/Nowhere\n", "", "course.yml:2: there is no time zone 'Europe/Nowhere' — such as"),
        ("timezone: Europe\n", "", "there is no time zone 'Europe'"),
        ("timezone: ../../etc/passwd\n", "", "there is no time zone"),
        ("timezone: 1\n", "", "course.yml:2: Expected `str`"),
        (
            "services: [ec2, s33]\n",
            "",
            "course.yml:2: the cloud has no 's33' — did you mean 's3'? there is: ec2, s3, sts",
        ),
        ("services:\n  - ec2\n  - ec2\n", "", "course.yml:4: 'ec2' is given twice"),
        ("services: []\n", "", "course.yml:2: Expected `array` of length >= 1"),
        ("services: ec2\n", "", "course.yml:2: Expected `array`"),
        ("services: [1]\n", "", "course.yml:2: Expected `str`"),
        ("late: [1]\n", "", "course.yml:2: Expected `object`"),
        (
            "late:\n  grace_minutes: 5\n  max_penalty: 10\n",
            "",
            "course.yml:4: Expected `float` <= 1.0 for late.max_pen",
        ),
        ("late:\n  grace_minutes: 5\n  max-penalty: 1\n", "", "course.yml:4: unknown field `max-penalty`"),
        ("foo: 1\n", "", "course.yml:2: unknown field `foo`"),
        ("", "    due: 0001-01-01T00:00:00+01:00\n", "course.yml:4: nothing is due in the year 1"),
    ],
)
def test_a_wrong_value_in_course_yml(tmp_path, top, below, words):
    """Dates without a zone, zones and services that there are not, lists that are none: the line, and what to write."""
    (tmp_path / "course.yml").write_text(ONE.format(top, below))
    with pytest.raises(CourseError) as refused:
        load_course(tmp_path)
    assert words in str(refused.value)


def test_a_time_zone_holds_for_dates_without_one(tmp_path):
    """In winter and in summer; a date with an offset of its own keeps it."""
    text = ONE.format("timezone: Europe/Berlin\n", "    due: 2027-02-07T23:59:00\n")
    text += "  - {name: b, due: 2027-07-07T23:59:00, steps: [{name: s, minutes: 5}]}\n"
    text += "  - {name: c, due: 2027-07-07T23:59:00-05:00, steps: [{name: s, minutes: 5}]}\n"
    (tmp_path / "course.yml").write_text(text)
    offsets = [a.due.utcoffset() / timedelta(hours=1) for a in load_course(tmp_path).assignments]
    assert offsets == [1, 2, -5]


def test_the_services_of_a_course_are_those_of_the_cloud():
    """Each that course.yml may name is answered, and those that moto has besides are not offered."""
    from drycloud.cloud.clients.boto import client
    from drycloud.cloud.warm import warm_up

    warm_up(list(SERVICES))
    assert client("ec2").describe_instances()["Reservations"] == []
    assert client("s3").list_buckets()["Buckets"] == []
    assert client("sts").get_caller_identity()["Account"]
    assert sorted(SERVICES) == ["ec2", "s3", "sts"]


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
        (
            ("grade", "02_ec2/termi", "x.py"),
            "unknown step '02_ec2/termi' — did you mean '02_ec2/terminate'? there is: ",
        ),
        (("grade", "9", "x.py"), "unknown assignment '9'"),
        (("grade", STEP), "no file to grade"),
        (("grade", STEP, "nowhere.py"), "nowhere.py: there is no such file"),
        (("grade", "02_ec2"), "nobody has submitted 02_ec2"),
        (("verify", "nope"), "unknown assignment 'nope'"),
        (("verify", "02_ec2/terminat"), "unknown step '02_ec2/terminat' — did you mean '02_ec2/terminate'?"),
        (("verify", "terminate"), "unknown assignment 'terminate' — did you mean '02_ec2/terminate'?"),
        (("build", "02_ec"), "unknown assignment '02_ec' — did you mean '02_ec2'?"),
        (("build", STEP), f"'{STEP}' is a step, and this is for a whole assignment — say '02_ec2' instead of"),
        (("release", STEP), f"'{STEP}' is a step, and this is for a whole assignment — say '02_ec2' instead of"),
        (("release", "02_ec2/nope"), "'02_ec2/nope' is a step, and this is for a whole assignment"),
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


COMMANDS = [name for name in sorted(cli.commands) if name not in ("cloud", "shell")]  # a student's need no course


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
            "grade 02_ec2 --submitted empty",
            "empty: nobody has submitted 02_ec2 — collect first, or say --submitted DIR",
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
