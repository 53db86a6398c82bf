"""A class that uses nbgrader's stock commands: an instructor in the course's folder, students with homes of their own.

Each student is a user of this machine of that name, in a user namespace where /etc/passwd says so: nbgrader takes the
student's name from there.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import answers_toy
import classroom_toy
from machine import inside, why_not
from patience import PATIENCE

NBGRADER = [sys.executable, "-m", "nbgrader"]
COURSE_YML = """
title: A toy course
late: {{penalty_per_day: 0.1, max_penalty: 0.5}}
assignments:
  - name: toy
    title: Three tiny steps
    due: {due}
    steps:
      - {{name: bucket, minutes: 5}}
      - {{name: shell, minutes: 5}}
      - {{name: words, minutes: 5}}
"""
CONFIG = "from drycloud.classroom import configure\n\nconfigure(get_config())\n"
BUCKET = 'import boto3\nboto3.client("s3", region_name="us-east-1").create_bucket(Bucket=given.bucket)\n'
SHELL = 'aws s3api create-bucket --bucket "$BUCKET"\n'
NOT_HERE = why_not("mount --bind /etc/passwd /etc/passwd", user=True)


def write_course(root: Path, due: str) -> Path:
    """The course, and the instructor's nbgrader_config.py in it."""
    for name, text in {**classroom_toy.FILES, **answers_toy.FILES}.items():
        if name != "course.yml" and not name.endswith("both.py"):
            path = root / name.replace("/essay/", "/toy/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.lstrip("\n"), encoding="utf-8")
    set_due(root, due)
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    return root


def set_due(root: Path, due: str) -> None:
    (root / "course.yml").write_text(COURSE_YML.format(due=due).lstrip("\n"), encoding="utf-8")


def work_on(notebook: Path, source: str = "", answers: tuple[str, ...] = ()) -> None:
    """What a student does in Jupyter: writes into the task cells and the answer cells."""
    found = json.loads(notebook.read_text(encoding="utf-8"))
    texts = iter(answers)
    for cell in found["cells"]:
        tags = cell["metadata"].get("tags", [])
        if "task" in tags and source:
            cell["source"] = source
        if "answer" in tags and answers:
            cell["source"] = next(texts)
    notebook.write_text(json.dumps(found), encoding="utf-8")


class Person:
    """Somebody who runs nbgrader's commands in a folder."""

    def __init__(self, folder: Path, wrap: Callable[[list[str]], list[str]], env: dict[str, str]):
        self.folder, self._wrap, self._env = folder, wrap, env

    def does(self, *words: str, status: int = 0) -> str:
        """The command `nbgrader` with these words; what it said."""
        return self.runs([*NBGRADER, *words], status)

    def runs(self, command: list[str], status: int = 0) -> str:
        done = subprocess.run(
            self._wrap(command),
            cwd=self.folder,
            env=self._env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert "Traceback" not in said, said
        return said


def instructor(root: Path) -> Person:
    home = root.parent / "instructor"
    home.mkdir()
    return Person(root, lambda command: command, _environment(home))


def student(root: Path, name: str) -> Person:
    """A user of that name, whose nbgrader knows the course's exchange and nothing else of it."""
    home = root.parent / "home" / name
    (home / ".jupyter").mkdir(parents=True)
    (home / ".jupyter/nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(root / 'build/exchange')!r}\n"
        "c.CourseDirectory.course_id = 'a-toy-course'\n"
    )
    passwd = home.parent / f"{name}.passwd"
    passwd.write_text(f"{name}:x:1000:1000::{home}:/bin/sh\n")
    mounted = f"mount --bind {shlex.quote(str(passwd))} /etc/passwd; exec"
    return Person(home, lambda command: inside(f"{mounted} {shlex.join(command)}", user=True), _environment(home))


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DRYCLOUD_", "JUPYTER_"))}
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8"}


def mark_on(page: Path) -> float:
    """The mark in a feedback page's headline."""
    found = re.search(r'class="dc-mark">([\d.]+) of', page.read_text(encoding="utf-8"))
    assert found, page.read_text(encoding="utf-8")
    return float(found[1])
