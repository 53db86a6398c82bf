"""A class run as its user meets it: stopped by Ctrl-C and gone on with, in JSON, with junk and strays all around."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from classroom_toy import FILES, by_name
from machine import CLI, Told, interrupted, run
from msgspec import structs

from drycloud.classroom.gradebook.marks import Mark, marks, record
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.course import load_course
from drycloud.grading.results import Results
from drycloud.grading.works import Submission, Work
from drycloud.report import Report, from_json

RIGHT = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)\n'
JUNK = "import os\nprint('[]')\nos.system('echo junk; echo junk >&2')\nprint('}{', file=__import__('sys').stderr)\n"
COURSE = """
title: A toy course
variants: 1
assignments:
  - name: toy
    steps:
      - {name: bucket, minutes: 5}
"""
# The scene tells each run of a submission, and lets the student's code know whether to wait for ever.
SCENE = """
def scene(s3, rng):
    import os

    print("junk of a scene")
    with open(os.environ.get("TOLD", os.devnull), "w") as told:
        told.write("x")
    return {"bucket": f"data-{rng.randrange(10**6)}", "wait": "WAIT" in os.environ}
"""
# A check may be the one that does not come to an end.
GRADER = '''
import os
import signal

from drycloud import check

print("junk of a grader")
os.system("echo junk of a shell >&2")


@check(points=2.5)
def test_no_other_bucket_was_made(before, after, given, files):
    """Only the one bucket was added to what was there."""
    print("junk of a check")
    os.system("echo junk of a shell")
    if given.wait and "hang" in files:
        with open(os.environ["TOLD"], "w") as told:
            told.write("x")
        signal.pause()
    assert set(after.new_since(before, "Bucket")) <= {given.bucket}, "There are buckets that nobody asked for."
'''
WORKS = {
    "ann": RIGHT,
    "bob": JUNK,
    "cid": RIGHT + "import signal\nif given.wait: signal.pause()  # a sleep is made shorter\n",
    "dan": RIGHT + "open('hang', 'w').close()\n",
}
STRAYS = ("bob/toy/bucket (1).ipynb", "bob/toy/data.csv", "dan/bucket.ipynb", "loose.ipynb")
STOPPED = "drycloud: stopped; what was graded so far is kept, and the same command continues from there"


def write_class(folder: Path) -> None:
    """A course of one step, and a class: four with work, eve with an empty folder, and things in the wrong place."""
    before, rest = FILES["exercises/toy/bucket.py"].split("\ndef scene")
    after = rest.split("\ngiven = ")[1]
    files = {
        "course.yml": COURSE,
        "nbgrader_config.py": FILES["nbgrader_config.py"],
        "exercises/toy/bucket.py": before + SCENE + "\n\ngiven = " + after,
        "solutions/toy/bucket.py": FILES["solutions/toy/bucket.py"],
        "graders/toy/bucket.py": GRADER,
    }
    files |= {f"handed_in/{student}/toy/bucket.py": text for student, text in WORKS.items()}
    files |= {f"handed_in/{name}": "" for name in STRAYS}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "handed_in/eve/toy").mkdir(parents=True)
    (folder / "handed_in/a*/toy").mkdir(parents=True)


class Ran(NamedTuple):
    """What a stopped run, the run after it, and a run that nothing stopped came to."""

    stopped: tuple[int, bytes, str]  # status, standard output, standard error
    kept: list[str]
    resumed: subprocess.CompletedProcess[str]
    runs_resumed: int
    straight: list[Report]
    marks_resumed: list[Mark]
    marks_straight: list[Mark]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("class")
    write_class(folder)
    told = Told(folder / "told")
    env = {"TOLD": str(folder / "told")}
    command = [*CLI, "grade", "toy", "--submitted", "handed_in", "--json"]
    count = 5  # four scenes and a check: cid's code and dan's check then stand still
    stopped = interrupted([*command, "--jobs", "2"], folder, told, count, WAIT="1", **env)
    kept = sorted(path.parent.name for path in (folder / "build/results").rglob("*") if path.is_file())
    told.rest()
    resumed = run(command, folder, **env)
    runs_resumed = told.rest()
    (folder / "straight").mkdir()
    shutil.copy(folder / "build/course_secret", folder / "straight")
    return Ran(
        stopped, kept, resumed, runs_resumed, straight(folder), noted(folder, "build"), noted(folder, "straight")
    )


def straight(folder: Path) -> list[Report]:
    """The reports of a run that nothing stops, noted in a gradebook of its own."""
    course = structs.replace(load_course(folder), build=folder / "straight")
    found = submissions_in(folder / "handed_in", course, course.assignment("toy"))
    submissions = [Submission(student, "toy", [works.get("bucket", Work("bucket", None))]) for student, works in found]
    reports = list(Results(course).grade(submissions))
    assert record(course, "toy", found, by_name(reports)) == []
    return sorted(reports, key=lambda report: report.student)


def noted(folder: Path, build: str) -> list[Mark]:
    return marks(structs.replace(load_course(folder), build=folder / build), "toy")


def test_ctrl_c_ends_it_with_one_line(ran: Ran) -> None:
    """Ctrl-C: status 130, one line, no process left over; what was graded before stays, whole."""
    status, out, err = ran.stopped
    assert status == 130
    assert out == b""
    told = [line for line in err.splitlines() if line and "junk" not in line and "handed_in: " not in line]
    assert told == [STOPPED]
    assert ran.kept == ["ann", "bob"]


def test_the_next_run_goes_on_from_there(ran: Ran) -> None:
    """Only what was not graded yet is, and the marks are those of a run that nothing stopped."""
    assert ran.resumed.returncode == 0, ran.resumed.stderr
    assert ran.runs_resumed == 2
    assert ran.marks_resumed == ran.marks_straight
    assert [(mark.student, mark.score) for mark in ran.marks_resumed] == [
        ("ann", 3.5),
        ("bob", 2.5),
        ("cid", 3.5),
        ("dan", 3.5),
        ("eve", 0.0),
    ]
    resumed = from_json(ran.resumed.stdout.encode())
    assert [report.settled() for report in resumed] == [report.settled() for report in ran.straight]


def test_json_is_all_that_stands_on_standard_output(ran: Ran) -> None:
    """Junk printed by a submission, a scene, a grader or a check does not get between the reports."""
    reports = from_json(ran.resumed.stdout.encode())
    assert [report.student for report in reports] == ["ann", "bob", "cid", "dan", "eve"]
    assert "[]\njunk\n" in reports[1].run.stdout


def test_what_is_left_out_is_told_at_the_end(ran: Ran) -> None:
    """What lies in the wrong place or under another name is told, a line for each reason."""
    # Two workers' junk may mix, and leave a line's end by itself.
    also, place = "There is also", "work counts as STUDENT/toy/STEP with .ipynb, .py or .sh"
    assert [line for line in ran.resumed.stderr.splitlines() if line and "junk" not in line] == [
        f"drycloud: bob/bucket: {also} 'toy/bucket (1).ipynb', without any work in it.",
        f"drycloud: dan/bucket: {also} bucket.ipynb, without any work in it.",
        "drycloud: handed_in: a*: a student's name that holds '*', which is not allowed",
        f"drycloud: handed_in: loose.ipynb: no folder of a student: {place}",
        "drycloud: handed_in: 'bob/toy/bucket (1).ipynb', dan/bucket.ipynb: "
        "not read, for another file of the same step counts",
    ]


def test_an_empty_folder_earns_0(ran: Ran) -> None:
    """Who handed in a folder without a file stands in the gradebook with 0, and nobody has to look at it."""
    (mark,) = [mark for mark in ran.marks_straight if mark.student == "eve"]
    assert (mark.score, mark.by_step, mark.waiting) == (0.0, {"bucket": 0.0}, [])


def test_ctrl_c_while_the_engine_is_loading(tmp_path: Path) -> None:
    """In the first seconds, too, Ctrl-C is one line: the warm parent says nothing of its own."""
    write_class(tmp_path)
    told = Told(tmp_path / "told")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(
        "import os, sys\nif 'forkserver' in ' '.join(sys.orig_argv):\n    open(os.environ['TOLD'], 'w').write('x')\n"
    )
    path = os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    command = [*CLI, "grade", "toy/bucket", "handed_in/ann/toy/bucket.py"]
    status, out, err = interrupted(command, tmp_path, told, 1, PYTHONPATH=path, TOLD=str(tmp_path / "told"))
    assert status == 130
    assert out == b""
    assert err.strip() == STOPPED
