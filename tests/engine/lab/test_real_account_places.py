"""Which processes are guarded: those of a release, however they come to it, and no others."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from account_check import CALL
from account_orders import NO_SCENE
from patience import PATIENCE

from drycloud.classroom.notebooks.sources import marker

ACCOUNT = "[default]\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\nregion = eu-west-3\n"
WHOSE = "import boto3\nprint(boto3.Session().get_credentials().access_key)\n"
THEIRS, OURS = "AKIAREAL\n", "AKIADRYCLOUDSTUDENT1\n"


@pytest.fixture
def home(tmp_path):
    """A home folder with an account, a release, a folder with a notebook of the course alone, and other work."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text(ACCOUNT)
    for name in ("course/release/deep", "single", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "course/release/botocore.py").write_text(marker())
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"a": "x" * 200_000}}}
    write_notebook(tmp_path / "single/step.ipynb", drycloud={"schema": 1, "step": "02_ec2/terminate"}, widgets=widgets)
    write_notebook(tmp_path / "other/analysis.ipynb")
    return tmp_path


def write_notebook(path, **metadata):
    cells = [nbformat.v4.new_code_cell("drycloud = 1  # " + "x" * 20000, outputs=[])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


def python(text, cwd, home, *words, **environment):
    env = {"PATH": os.defpath, "HOME": str(home), **environment}
    command = [sys.executable, *(words or ("-c", text))]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["course/release", "course/release/deep", "single"])
def test_guarded_where_it_starts(folder, home):
    """In a release's folder, below it, and where a notebook of the course lies, saved with a large state of widgets."""
    assert python(WHOSE, home / folder, home) == OURS


@pytest.mark.parametrize("folder", ["", "course", "other"])
def test_not_guarded_elsewhere(folder, home):
    """In the home folder, above a release, and beside other notebooks, even where one of the course's lies at home."""
    write_notebook(home / "step.ipynb", drycloud={"schema": 1, "step": "02_ec2/terminate"})
    assert python(WHOSE, home / folder, home) == THEIRS


def test_a_file_of_that_name_that_is_not_ours(home):
    """Somebody's own `botocore.py` is no marker, and is imported as Python imports it."""
    (home / "other/botocore.py").write_text("print('my own')\n")
    assert python("import botocore", home / "other", home) == "my own\n"
    assert python("import os; print('AWS_ENDPOINT_URL' in os.environ)", home / "other", home) == "False\n"


RUN = {
    "python": ["{file}"],
    "python -m": ["-m", "{module}"],
    "runpy": ["-c", "import runpy; runpy.run_path({file!r})"],
    "import": ["-c", "import importlib; importlib.import_module({module!r})"],
    "ipython": ["-m", "IPython", "{file}"],
    "%run": ["-m", "IPython", "-c", "%run {file}"],
    "pytest": ["-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "{file}"],
    "boto3 loaded before": ["-c", "import boto3, runpy; runpy.run_path({file!r})"],
}


@pytest.mark.parametrize("folder", ["release", "release/deep"])
@pytest.mark.parametrize("way", RUN)
def test_code_of_a_release_that_is_run_from_elsewhere(way, folder, home):
    """What counts is where the code lies, too, however it is run, and whatever the folder above a release holds."""
    (home / "course" / folder / "task.py").write_text(WHOSE)
    words = {"file": f"{folder}/task.py", "module": f"{folder}/task".replace("/", ".")}
    said = python("", home / "course", home, *(word.format(**words) for word in RUN[way]))
    assert OURS in said
    assert THEIRS not in said


def test_an_environment_in_a_release_is_for_work_elsewhere_too(home):
    """The README has one made there: neither its programs nor its packages make other work the course's."""
    packages = home / "course/release/venv/lib/python3/site-packages"
    packages.mkdir(parents=True)
    (home / "course/release/venv/pyvenv.cfg").touch()
    (packages / "whose.py").write_text(WHOSE)
    assert python("import whose", home / "other", home, PYTHONPATH=str(packages)) == THEIRS
    assert python("", home / "other", home, str(packages / "whose.py")) == THEIRS


@pytest.mark.parametrize("name", ["single/step.ipynb", "course/release/any.ipynb", "course/release/deep/any.ipynb"])
def test_a_kernel_that_starts_elsewhere(name, home):
    """Jupyter Server tells a kernel its notebook, wherever the kernel starts."""
    assert python(WHOSE, home / "other", home, JPY_SESSION_NAME=str(home / name)) == OURS
    assert python(WHOSE, home / "other", home, JPY_SESSION_NAME=str(home / "other/analysis.ipynb")) == THEIRS


@pytest.mark.parametrize("early", ["", "import boto3\n"], ids=["", "boto3 loaded before"])
@pytest.mark.parametrize("enter", ["import os; os.chdir({!r})\n", "__vsc_ipynb_file__ = {!r} + '/a.ipynb'\n"])
def test_a_kernel_that_is_led_to_its_folder_later(enter, early, home):
    """VS Code starts a kernel, changes its folder or names the notebook, and then runs the first cell."""
    text = early + enter.format(str(home / "course/release"))
    assert python(text + WHOSE, home / "other", home) == OURS
    assert python(text + CALL, home / "other", home) == f"{NO_SCENE}\n"


def test_once_guarded_always_guarded(home):
    """Neither leaving the folder nor a child in another one opens the account again."""
    leave = f"import os, subprocess, sys\nos.chdir({str(home / 'other')!r})\n"
    assert python(leave + WHOSE, home / "course/release", home) == OURS
    child = f"subprocess.run([sys.executable, '-c', {WHOSE!r}])"
    assert python(leave + child, home / "course/release", home) == OURS


@pytest.mark.parametrize("named", ["https://s3.amazonaws.com", "http://127.0.0.1:80@example.org", "http://127.0.0.1:"])
def test_only_a_cloud_on_this_machine_is_allowed(named, home):
    """What DRYCLOUD_ENDPOINT names counts as none unless it is a port of 127.0.0.1."""
    assert python(CALL, home / "other", home, DRYCLOUD_ENDPOINT=named) == f"{NO_SCENE}\n"


def test_other_errors_are_shown_as_ever(home):
    """The hook for one line is for ours alone, and keeps what was there."""
    said = python("import sys\nprint(sys.excepthook is sys.__excepthook__)\n1 / 0", home / "course/release", home)
    assert said.startswith("False\nTraceback (most recent call last):")
    assert said.endswith("ZeroDivisionError: division by zero\n")
    said = python("import sys, json\nprint(json.dumps(sys.excepthook is sys.__excepthook__))", home / "other", home)
    assert json.loads(said) is True


@pytest.mark.parametrize("cwd", ["other", "course/release"])
def test_a_folder_that_is_gone(cwd, home):
    """A process whose working directory was removed starts as it would."""
    text = f"import os, shutil, subprocess, sys\nos.chdir({str(home / cwd)!r})\nshutil.rmtree(os.getcwd())\n"
    child = "subprocess.run([sys.executable, '-c', 'print(7)'])"
    assert python(text + child, home, home) == "7\n"
