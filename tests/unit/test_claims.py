"""Which file counts for which step: by what its metadata name, else by the nearest name; no file of work is lost."""

import json
import shutil
from pathlib import Path

import pytest
from classroom_toy import write_course
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drycloud.classroom.submissions.claims import MAX_FILES, Claims, claims_in, nearest
from drycloud.classroom.submissions.one_line import listed
from drycloud.course import load_course
from drycloud.grading.works import Work
from drycloud.notebook import load_exercise

STEPS = ["key_pair", "launch", "inspect", "terminate", "security_group", "empty", "spot"]


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("terminate.ipynb", "terminate"),
        ("Copy of terminate (1).ipynb", "terminate"),
        ("TERMINATE-Copy1.IPYNB", "terminate"),
        ("02_ec2_terminate_ann-smith.py", "terminate"),
        ("key-pair.py", "key_pair"),
        ("KeyPair final.py", "key_pair"),
        ("securitygroup.ipynb.txt", "security_group"),
        ("termniate.py", "terminate"),
        ("lanch.sh", "launch"),
        ("launch and terminate.py", ""),
        ("homework.py", ""),
        ("", ""),
        (".py", ""),
    ],
)
def test_the_nearest_step(name, step):
    """In other letters, with more words around it, or with a slip of the pen; not where two are named."""
    assert nearest(name, STEPS) == step


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(before=st.text(max_size=8), after=st.text(max_size=8), step=st.sampled_from(STEPS), more=st.text(max_size=30))
def test_any_name_is_that_of_one_step_or_of_none(before, after, step, more):
    """Whatever the letters; a step's own name is never taken for another one."""
    assert nearest(more, STEPS) in ("", *STEPS)
    assert nearest(f"{step}.ipynb", STEPS) == step
    assert nearest(f"{before} {step} {after}.ipynb", STEPS) in ("", step)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"))


def claims(folder: Path, root: Path) -> Claims:
    course = load_course(root)
    return claims_in(folder, course, course.assignment("toy"))


def notebook(source: str, step: str = "") -> str:
    metadata = {"drycloud": {"step": step}} if step else {}
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": [{"cell_type": "code", "source": source}]})


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / "toy" / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_two_notebooks_with_each_others_names(tmp_path, root):
    """What their metadata name counts, and both say so."""
    put(tmp_path, bucket__ipynb=notebook("x = 1", "toy/shell"), shell__ipynb=notebook("x = 2", "toy/bucket"))
    works = claims(tmp_path, root).works
    assert {step: work.path.name for step, work in works.items()} == {"bucket": "shell.ipynb", "shell": "bucket.ipynb"}
    assert works["bucket"].notes == ["toy/shell.ipynb was read as your work on this step."]


def test_of_several_files_the_one_with_work_counts(tmp_path, root):
    """The others are named; what holds other work makes the step wait, a stub or the same work does not."""
    stub = load_exercise(root / "exercises/toy/bucket.py").sources("task")[0]
    put(tmp_path, bucket__ipynb=notebook(stub), bucket__py="x = 1", bucket1__py="x=1\n", bucket2__py="x = 2")
    put(tmp_path, bucket3__ipynb="{")
    work = claims(tmp_path, root).works["bucket"]
    assert work.path.name == "bucket.py"
    assert work.notes == [
        "There is also toy/bucket.ipynb, without any work in it.",
        "There is also toy/bucket1.py, with the same work.",
    ]
    assert work.unread == [
        "There is also toy/bucket3.ipynb, which was not read.",
        "There is also toy/bucket2.py, with other work, which was not run.",
    ]


def test_of_very_many_files_of_one_step_the_first_are_looked_into(tmp_path, root):
    """A report has a line for them, and not thousands; what was not looked into may be work."""
    put(tmp_path, bucket__py="# nothing", **{f"bucket{number}__py": f"x = {number}" for number in range(100, 2000)})
    work = claims(tmp_path, root).works["bucket"]
    assert work.path.name == "bucket100.py"
    assert len(work.notes) == 2
    assert ["and 1871 more, which was not read." in line for line in work.unread] == [False, True]
    assert "x".join(work.unread).count("toy/") == 20


def test_a_page_or_an_archive_beside_work_is_told(tmp_path, root):
    """It makes the step wait only where there is no work in what counts."""
    stub = load_exercise(root / "exercises/toy/bucket.py").sources("task")[0]
    put(tmp_path, bucket__py="x = 1", shell__sh="# nothing", bucket__html="<html>", shell__zip="PK")
    page, archive = (f"toy/{name} was not read: hand in .ipynb, .py or .sh files themselves." for name in NOT_READ)
    works = claims(tmp_path, root).works
    assert (works["bucket"].notes, works["bucket"].unread) == ([page], [])
    assert (works["shell"].notes, works["shell"].unread) == ([], [archive])
    put(tmp_path, bucket__py=stub)
    assert claims(tmp_path, root).works["bucket"].unread == [page]
    (tmp_path / "toy (1)").mkdir()
    (tmp_path / "toy/shell.sh").rename(tmp_path / "toy (1)/shell.ipynb")
    assert claims(tmp_path, root).works["shell"].path == tmp_path / "toy (1)/shell.ipynb"


def test_what_is_of_no_step_is_told_where_something_is_missing(tmp_path, root):
    """It waits with the step that lacks a file; where none does, it is told with the first."""
    put(tmp_path, bucket__py="x = 1", homework__py="x = 2")
    line = "toy/homework.py was not read: its name is not that of a step."
    assert claims(tmp_path, root).works["shell"] == Work("shell", None, unread=[line])
    put(tmp_path, shell__sh="ls")
    works = claims(tmp_path, root).works
    assert (works["bucket"].notes, works["bucket"].unread, works["shell"].notes) == ([line], [], [])


def test_more_files_than_are_looked_at_are_told(tmp_path, root):
    """Somebody handed in a whole disk: a step for which nothing was found until then waits."""
    put(tmp_path, bucket__py="x = 1", **{f"data{number}__csv": "" for number in range(MAX_FILES)})
    found = claims(tmp_path, root)
    assert [name for reason, name in found.messages if "not all of them" in reason] == ["toy"]
    assert found.works["bucket"].path
    assert found.works["shell"].unread


NOT_READ = ("bucket.html", "shell.zip")
CONTENTS = [
    "x = 1",
    "x = 2",
    "",
    "{",
    notebook("x = 1"),
    notebook("x = 1", "toy/bucket"),
    notebook("x = 3", "toy/shell"),
    notebook("x = 1", "essay/words"),
]
FOLDERS = ["", "toy/", "toy (1)/", "release/toy/", "toy/toy/", "toy/old/", "homework/", "toy/.ipynb_checkpoints/"]
NAMES = ["bucket", "shell", "bucket (1)", "Copy of shell", "homework", "bucket shell", "b\u00fcckt", "x\ny"]
KINDS = [".ipynb", ".py", ".sh", ".ipynb.txt", ".html", ".zip", ".csv"]
TOP = FOLDERS[:5]
paths = st.tuples(*map(st.sampled_from, (FOLDERS, NAMES, KINDS))).map("".join)


@settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.dictionaries(paths, st.sampled_from(CONTENTS), max_size=6))
def test_every_file_of_work_counts_or_is_told(root, tmp_path, files):
    """Of any folder: each file that may be work is read for one step, or is told to the teacher and to the student."""
    folder = tmp_path / "ann"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    found = claims(folder, root)
    counted = [str(work.path.relative_to(folder)) for work in found.works.values() if work.path]
    assert len(set(counted)) == len(counted)
    told = {name for _, name in found.messages}
    said = "\n".join(line for work in found.works.values() for line in [*work.notes, *work.unread])
    for name in files:
        is_top = any(name.startswith(place) and "/" not in name.removeprefix(place) for place in TOP)
        if is_top and Path(name).suffix not in (".csv", ".html"):  # a page is told if it is called like a step
            assert name in [*counted, *told], name
            assert name in counted or listed([name]) in said, name
    assert found == claims(folder, root)
