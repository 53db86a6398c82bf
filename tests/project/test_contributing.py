"""The step that CONTRIBUTING.md shows as an example is whole: added to a copy of this course, it proves itself."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from patience import PATIENCE
from repository import ROOT

FILE = re.compile(r"^\*\*`([\w./]+)`\*\*[^\n]*\n\n```(?:python|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_is_a_step(tmp_path: Path) -> None:
    """A step takes the files that the page shows, the lines in course.yml, and nothing else."""
    shown = FILE.findall((ROOT / "CONTRIBUTING.md").read_text())
    for tree in ("exercises", "solutions", "graders"):
        shutil.copytree(ROOT / tree, tmp_path / tree)
    shutil.copy(ROOT / "course.yml", tmp_path)
    for name, text in shown:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text)
    done = subprocess.run(
        [sys.executable, "-m", "drycloud.cli", "verify", "07_yours/note"],
        cwd=tmp_path,
        env={**os.environ, "DRYCLOUD_BUILD": str(tmp_path / "build")},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    samples = 2 + sum("/submissions/" in name for name, _ in shown)  # and the stub, and the solution
    assert f"{samples} samples, each graded twice: {samples} as they should be" in done.stdout
