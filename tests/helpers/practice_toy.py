"""A student's script: a scene, what they write, and checks."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from patience import PATIENCE

STUDENT = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []  # one to whom permissions apply
SCENE = """
from drycloud import check, simulate, summary
def scene(s3, rng, workdir):
    name = f"lesson-{rng.randrange(10**6)}"
    s3.create_bucket(Bucket=name)
    return {"bucket": name}
given = simulate(scene)
import boto3
"""
CHECKS = """
@check(points=1)
def test_answered(answers, given):
    "There is an answer."
    assert answers.name == given.bucket, "Not the bucket's name."
@check(points=2, needs=test_answered)
def test_stored(after, given):
    "Something is stored."
    assert after.objects(given.bucket), "The bucket is empty."
@check(points=1)
def test_wrong():
    "This one is broken."
    raise KeyError("x")
"""
KILL = "from drycloud.lab import practice\npractice._cloud._process.kill()\npractice._cloud._process.wait()\n"


def run(text: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script with `text`, run in `folder` by somebody who has an account of their own."""
    home = folder / "home"
    (home / ".aws").mkdir(parents=True, exist_ok=True)
    (home / ".aws/credentials").write_text("[default]\naws_access_key_id=REAL\naws_secret_access_key=REAL\n")
    path = folder / "practice.py"
    path.write_text(text)
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": os.environ.get("TMPDIR", "/tmp"), **environment}
    command = [*STUDENT, sys.executable, str(path)]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


def script(text: str, folder: Path, **environment: str) -> str:
    """What such a script prints, which ends well and says nothing on standard error."""
    done = run(text, folder, **environment)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def outputs_of(*sources: str, folder: Path) -> list[list[nbformat.NotebookNode]]:
    """What a stock kernel shows for these cells, run one after the other to the end."""
    cells = [nbformat.v4.new_code_cell(source, metadata={"tags": ["raises-exception"]}) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, timeout=PATIENCE
    )
    client.execute(env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
    return [cell.outputs for cell in notebook.cells]


def texts(outputs: list[nbformat.NotebookNode]) -> str:
    """The text of what a cell shows."""
    return "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)
