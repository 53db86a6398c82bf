"""A release brings its own guard: a file that Python takes for botocore, and nbgrader carries along."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pytest
from classroom_toy import fresh
from nbclient import NotebookClient
from patience import PATIENCE
from repository import ROOT

from drycloud.classroom.collection.exchange import collect, publish, submit_as
from drycloud.classroom.gradebook.autograde import _drop_strays
from drycloud.classroom.releases import packing
from drycloud.classroom.releases.packing import release
from drycloud.classroom.submissions.intake import submissions_in
from drycloud.classroom.submissions.left_out import unaccounted
from drycloud.course import load_course
from drycloud.lab.guard import MARKER, holds_marker

SITE = sysconfig.get_paths()["purelib"]
SOURCE = str(ROOT / "src")
PLAIN = str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")
LIST = "import boto3; boto3.client('s3').list_buckets()"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The toy course, released."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DRYCLOUD_BUILD", raising=False)
        place = tmp_path_factory.mktemp("course")
        wheel = place / "drycloud-0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("drycloud/__init__.py", "")
        patch.setattr(packing, "build_wheel", lambda *_: wheel)
        root = fresh(place / "root")
        release(load_course(root), "toy")
        yield root


def python(folder, *paths, command=LIST, **environment):
    """What a Python without any package of its own makes of `command`; `paths` are where it finds some."""
    env = {"PATH": os.defpath, "HOME": str(folder), "PYTHONPATH": os.pathsep.join(paths), **environment}
    words = [PLAIN, "-c", command]
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_release_holds_the_marker(course):
    """nbgrader's folder and the zip both have it, and it says what it is."""
    folder = course / "build/release/toy"
    assert holds_marker(str(folder))
    with zipfile.ZipFile(course / "build/release/toy.zip") as archive:
        assert archive.read(f"toy/{MARKER}") == (folder / MARKER).read_bytes()
    assert "Do not move or delete this file." in (folder / MARKER).read_text()


def test_nbgrader_carries_it_and_nobody_takes_it_for_work(course, tmp_path):
    """Released, handed in and collected it is there, is told as no stray, and is not handed on to feedback."""
    loaded = load_course(course)
    publish(loaded, "toy")
    work = tmp_path / "toy"
    shutil.copytree(course / "build/exchange/a-toy-course/outbound/toy", work)
    assert holds_marker(str(work))
    submit_as(loaded, "toy", "ann", work)
    assert collect(loaded, "toy") == []
    submitted, assignment = course / "build/submitted", loaded.assignment("toy")
    assert holds_marker(str(submitted / "ann/toy"))
    assert unaccounted(submitted, loaded, assignment) == []
    assert sorted(submissions_in(submitted, loaded, assignment)[0][1]) == ["bucket", "shell"]
    _drop_strays(submitted / "ann/toy")
    assert not holds_marker(str(submitted / "ann/toy"))


def test_a_python_without_drycloud_stops_in_one_line(course):
    """The wrong kernel has boto3 and the student's keys: it says which Python it is, and reads nothing."""
    said = python(course / "build/release/toy", SITE, AWS_ACCESS_KEY_ID="AKIAREAL", AWS_SECRET_ACCESS_KEY="real")
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (1, "", 1)
    assert f"This Python ({PLAIN}) has no drycloud" in said.stderr


def test_without_the_hook_the_file_guards(course):
    """Where drycloud can be imported but no .pth file is read, the file guards, and makes way for the real botocore."""
    say = "import botocore.session, sys; print(botocore.__version__, botocore.__file__); "
    said = python(course / "build/release/toy", SITE, SOURCE, command=say + LIST, AWS_ACCESS_KEY_ID="AKIAREAL")
    assert said.stdout.endswith("botocore/__init__.py\n"), said.stderr
    assert said.stderr.startswith("No practice cloud yet: run the scene cell first")
    assert said.stderr.count("\n") == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
def test_in_a_notebook_it_is_one_line_too(course, tmp_path, monkeypatch):
    """A kernel without drycloud shows a line, not a traceback through boto3; a second try shows it again."""
    folder = tmp_path / "toy"
    shutil.copytree(course / "build/release/toy", folder)
    kernel = tmp_path / "kernels/plain"
    kernel.mkdir(parents=True)
    launch = [PLAIN, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": launch, "display_name": "plain", "language": "python", "env": {"PYTHONPATH": SITE}}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LIST) for _ in range(2)])
    client = NotebookClient(
        notebook, kernel_name="plain", resources={"metadata": {"path": str(folder)}}, timeout=PATIENCE
    )
    client.allow_errors = True
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    client.execute()
    for cell in notebook.cells:
        (output,) = cell.outputs
        assert output.ename == "NoDrycloud"
        assert len(output.traceback) == 1
        assert "\n" not in output.traceback[0]
