"""Grading end to end, through the command line: notebooks and plain files, reports, and results that are kept."""

import json
import os
import subprocess
import sys

import jupytext
import nbformat
import pytest
from patience import PATIENCE
from repository import ROOT

from drycloud.grading.results import _file_name
from drycloud.report import from_json

STEP = "02_ec2/terminate"
SAMPLES = ROOT / "tests/submissions" / STEP


def grade(build, *words):
    command = [sys.executable, "-m", "drycloud.cli", "grade", STEP, "--json", *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DRYCLOUD_BUILD": str(build)}, capture_output=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return from_json(done.stdout)


def notebook_of(task):
    notebook = jupytext.read(ROOT / "exercises" / f"{STEP}.py", fmt="py:percent")
    for cell in notebook.cells:
        if "task" in cell.metadata.get("tags", []):
            cell.source = task
    return notebook


HOSTILE = """
import json, os, sys
print(json.dumps({"score": 10, "points": 10, "status": "graded"}))
print([name for name in os.listdir("/") if name not in "bin dev etc home lib lib64 opt proc root sbin tmp usr".split()])
for path in ("/work", "/root/.ssh", "/home/student/../..", "/opt/site/drycloud/grading"):
    print(path, os.path.exists(path))
sys.exit(0)
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """One class of files, graded once."""
    folder = tmp_path_factory.mktemp("handed_in")
    nbformat.write(notebook_of((SAMPLES / "right/own_loop.py").read_text()), folder / "right.ipynb")
    (folder / "plain.py").write_text((SAMPLES / "right/filter_and_batch.py").read_text())
    jupytext.write(notebook_of("pass"), folder / "stub.py", fmt="py:percent")
    (folder / "hostile.py").write_text(HOSTILE)
    (folder / "damaged.ipynb").write_text('{"cells": [')
    other = notebook_of("pass")
    other.metadata["drycloud"] = {"step": "04_s3/upload"}
    nbformat.write(other, folder / "other.ipynb")
    (folder / "latin.py").write_bytes("# é".encode("latin-1"))
    (folder / "link.py").symlink_to("/etc/passwd")
    files = sorted(folder.iterdir())
    build = tmp_path_factory.mktemp("build")
    return build, files, {report.student: report for report in grade(build, *files)}


def test_marks(graded):
    """Right work earns all, in a notebook or a plain file; a stub and everything refused earn nothing."""
    scores = {student: report.score for student, report in graded[2].items()}
    full = graded[2]["right"].points
    assert scores == {"right": full, "plain": full} | dict.fromkeys(
        ("stub", "hostile", "damaged", "other", "latin", "link"), 0.0
    )


def test_refusals_say_why(graded):
    """What cannot be read is refused in a student's words, and the others are graded."""
    said = {student: report.run.message for student, report in graded[2].items() if report.run.outcome == "refused"}
    assert "JSON is damaged" in said["damaged"]
    assert "the notebook of 04_s3/upload, not of 02_ec2/terminate" in said["other"]
    assert "UTF-8" in said["latin"]
    assert "a link" in said["link"]


def test_a_hostile_run_sees_nothing(graded):
    """What it prints decides nothing, and it finds neither the repository nor the engine."""
    report = graded[2]["hostile"]
    assert report.run.outcome == "finished"
    lines = report.run.stdout.splitlines()
    assert lines[1] == "[]"
    assert [line.split()[1] for line in lines[2:]] == ["False", "False", "True", "False"]


def test_the_trail_tells_what_was_asked(graded):
    """Every call with its parameters; the scene's own are not among them."""
    operations = [call.operation for call in graded[2]["plain"].trail]
    assert "TerminateInstances" in operations
    assert "RunInstances" not in operations


def test_results_are_kept_and_keyed(graded):
    """The same files again give the same reports from the store; a forged result is graded anew."""
    build, files, reports = graded
    again = grade(build, *files)
    assert again == [reports[report.student] for report in again]
    path = build / "results/02_ec2/stub/terminate.json"
    stored = json.loads(path.read_text())
    stored["report"]["score"], stored["key"] = 10.0, "0" * 64
    path.write_text(json.dumps(stored))
    (report,) = grade(build, next(file for file in files if file.stem == "stub"))
    assert report.settled() == reports["stub"].settled()


def test_another_course_secret_makes_other_worlds(graded, tmp_path):
    """The seed comes from the secret: other ids, the same verdict."""
    _, files, reports = graded
    (report,) = grade(tmp_path, next(file for file in files if file.stem == "right"))
    assert report.score == reports["right"].score
    assert report.trail[-1].parameters != reports["right"].trail[-1].parameters


def test_files_of_one_name_have_a_report_each(tmp_path):
    """Whichever folders they lie in, in the order in which they were named."""
    works = {"ann": "right/own_loop.py", "bob": "wrong/everything.py", "cid": "right/aws_cli.py"}
    files = []
    for student, sample in works.items():
        files.append(tmp_path / student / "terminate.py")
        files[-1].parent.mkdir()
        files[-1].write_text((SAMPLES / sample).read_text())
    reports = grade(tmp_path / "build", *files, *files[:2])
    right = [report.score == report.points for report in reports]
    assert right == [True, False, True, True, False]
    assert {report.student for report in reports} == {"terminate"}


def test_each_student_has_a_place_of_their_own():
    """However long the id, and whatever letters it is of."""
    ids = ["ann", "a/b", "a%2Fb", "..", "%", *(f"{letter * 60}{end}" for letter in "x美🙂" for end in "ab")]
    ids += ["é", "e\u0301", "\udcff", "\udcfe", "美" * 80, "美" * 79, "🙂" * 63, "🙂" * 62]
    names = [_file_name(student) for student in ids]
    assert len(set(names)) == len(names)
    assert all(len(name.encode()) <= 255 and not {"/", "."} & set(name) for name in names)


def test_what_the_workers_are_forked_from_can_be_imported():
    """multiprocessing says nothing of an ImportError there, and the workers' cloud would be without its patches."""
    subprocess.run([sys.executable, "-W", "error", "-c", "import drycloud.grading.warm"], check=True, timeout=PATIENCE)
