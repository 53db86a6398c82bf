"""A student's script: a scene, what they write, and checks."""

import os
import subprocess
import sys
from pathlib import Path

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
