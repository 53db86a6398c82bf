"""A student's practice, for real: a local cloud in a process of its own, the checks at once, no real account."""

import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from patience import PATIENCE
from practice_toy import CHECKS, SCENE, script
from repository import ROOT

from drycloud.classroom.releases import packing
from drycloud.classroom.releases.packing import release
from drycloud.course import load_course
from drycloud.notebook import load_exercise, load_solution

ALL = [(a.name, s.name) for a in load_course(ROOT).assignments for s in a.steps]
PRACTISED = [
    step for step in ALL if load_exercise(load_course(ROOT).files_of(*step).exercise).sources("task")
]  # others ask for prose
STEPS = [pytest.param(step, id="/".join(step)) for step in PRACTISED]


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The notebook of a step as `drycloud release` makes it: each assignment once, and one wheel for all."""

    @cache
    def folder_of(assignment):
        return release(load_course(ROOT), assignment).notebooks[0].parent

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRYCLOUD_BUILD", str(tmp_path_factory.mktemp("build")))
        patch.setattr(packing, "build_wheel", cache(packing.build_wheel))
        yield lambda assignment, step: folder_of(assignment) / f"{step}.ipynb"


def text_of(cell):
    return "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs)


def executed(path, tasks, folder):
    """What the check cells show, after a student's Jupyter ran the notebook with `tasks` in its task cells."""
    notebook = nbformat.read(path, as_version=4)
    cells = {
        tag: [c for c in notebook.cells if tag in c.metadata.tags] for tag in ("scene", "task", "check", "summary")
    }
    for cell, source in zip(cells["task"], tasks, strict=True):
        cell.source = source
    folder.mkdir()
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, timeout=PATIENCE
    )
    # Under pytest a kernel would not show what its processes write.
    client.execute(env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
    assert "when you hand in" in text_of(cells["summary"][0])
    assert not [o for o in cells["scene"][0].outputs if o.get("name") == "stderr"]  # no warning of ours meets a student
    return [text_of(cell) for cell in cells["check"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_released_notebook_practises(step, released, tmp_path, monkeypatch):
    """In stock Jupyter the stub is told 'not yet', the solution passes every visible check; nothing is raised."""
    exercise, path = load_exercise(load_course(ROOT).files_of(*step).exercise), released(*step)
    stubs = [cell.source for cell in nbformat.read(path, as_version=4).cells if "task" in cell.metadata.tags]
    assert stubs == exercise.sources("task")
    monkeypatch.setenv("PATH", os.defpath)  # as in an environment that is not activated: no `aws` on it
    stub = executed(path, stubs, tmp_path / "stub")
    solved = executed(path, load_solution(load_course(ROOT).files_of(*step).solution, exercise), tmp_path / "solved")
    assert any("(not yet)" in text for text in stub)
    assert not any("(passed)" in text for text in stub)
    assert all("(passed)" in text and "(not" not in text for text in solved)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # as above
@pytest.mark.parametrize("step", [pytest.param(step, id="/".join(step)) for step in ALL if step not in PRACTISED])
def test_a_released_notebook_of_questions_runs_to_its_end(step, released, tmp_path):
    """Where nothing is run for a mark, 'run all' is calm too, and says who marks the answers."""
    notebook = nbformat.read(released(*step), as_version=4)
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}, timeout=PATIENCE
    )
    client.execute(env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
    (code,) = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert text_of(code).startswith("A teacher reads and marks your 7 answers, for ")


def test_a_script_practises_without_the_instructors_packages(tmp_path):
    """Plain Python will do: checks come in lines, needs holds, a broken check is told, no extra is imported."""
    extras = "('nbgrader', 'jupytext', 'pytest', 'nbformat')"
    last = f"\nimport sys\nprint('extras:', [n for n in {extras} if n in sys.modules])"
    (tmp_path / "a").mkdir()
    before = script(SCENE + CHECKS + last, tmp_path / "a")
    assert "✗ There is an answer. (not yet) 0 of 1 point\n  There is no variable `name`" in before
    assert "· Something is stored. (waits) 0 of 2 points\n  Waits until “There is an answer.” passes." in before
    assert (
        "! This one is broken. (tell your instructor)\n  This check has an error of its own (KeyError: 'x')" in before
    )
    assert "extras: []" in before
    (tmp_path / "b").mkdir()
    work = "name = given.bucket\nboto3.client('s3').put_object(Bucket=name, Key='k', Body=b'v')\n"
    after = script(SCENE + work + CHECKS + last, tmp_path / "b")
    assert "✓ There is an answer. (passed)" in after
    assert "✓ Something is stored. (passed)" in after


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """Permissions that shut out their owner, too, fail the check that asks for the file, and it says why."""
    shut = (
        "from pathlib import Path\nfor name, mode in (('open', 0o400), ('shut', 0o030)):\n    Path(name).touch(mode)\n"
    )
    look = """
@check(points=1)
def test_files(files):
    'Seen.'
    assert list(files) == ['open', 'practice.py', 'shut']
    assert files['open'].data == b'' and 'shut' in files
    files['shut']
"""
    said = script(SCENE + shut + look, tmp_path)
    assert "✗ Seen. (not yet) 0 of 1 point\n  The file 'shut' is there, but it cannot be read (Permission" in said


NUMBERS = """
import decimal, numpy
@check(points=1)
def test_numbers(answers):
    "Numbers are numbers."
    assert [type(answers.get(name)) for name in ("a", "b", "c", "d")] == [int, float, float, type(None)]
"""


def test_answers_survive_another_scene_and_are_plain(tmp_path):
    """Who makes a new world keeps the answers; numpy's numbers and decimals count, as in grading."""
    work = "a, b, c, d = numpy.int64(1), numpy.float32(2), decimal.Decimal('3.5'), numpy.array([4])\n"
    again = "name = 'early'\ngiven = simulate(scene)\nname = given.bucket\n"
    said = script(SCENE + again + CHECKS + work.join(["import decimal, numpy\n", NUMBERS]), tmp_path)
    assert "✓ There is an answer. (passed)" in said
    assert "✓ Numbers are numbers. (passed)" in said


def test_a_real_account_is_never_used(tmp_path):
    """Profiles, tokens and service endpoints from before are out of reach."""
    said = script(
        SCENE + "c = boto3.client('s3')\nprint(c._request_signer._credentials.access_key, c.meta.endpoint_url)",
        tmp_path,
        AWS_PROFILE="work",
        AWS_SESSION_TOKEN="real",
        AWS_ENDPOINT_URL_S3="https://s3.example.org",
    )
    assert "AKIADRYCLOUDSTUDENT1 http://127.0.0.1:" in said


def test_a_cloud_in_the_foreground(tmp_path):
    """`drycloud cloud` prints what a shell needs; the AWS CLI then works; Ctrl-C ends it in peace."""
    command = [sys.executable, "-m", "drycloud.cli", "cloud"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        lines = [process.stdout.readline()]
        while lines[-1] and not lines[-1].startswith("export AWS_PAGER"):
            lines.append(process.stdout.readline())
        aws = Path(sys.executable).with_name("aws")
        shell = "".join(lines) + f"{aws} s3 mb s3://from-the-shell && {aws} s3 ls"
        said = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        process.send_signal(signal.SIGINT)  # whatever the shell said: else both wait for ever
        _, told = process.communicate(timeout=PATIENCE)
    assert "from-the-shell" in said.stdout, said.stderr
    assert process.returncode == 0
    assert "Traceback" not in told
