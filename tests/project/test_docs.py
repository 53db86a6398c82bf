"""The commands of the README and of the instructor's page run as they are written, one block after the other."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from patience import PATIENCE
from repository import ROOT

pytestmark = pytest.mark.slow

COURSE = ("course.yml", "nbgrader_config.py")
ENGINE = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "Makefile", "constraints.txt")
TREES = ("exercises", "solutions", "graders", "src", "tests/submissions/02_ec2")
BLOCK = re.compile(r"^ *```bash\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def course(tmp_path):
    """A copy of the course, as somebody has it who cloned it, and a home of their own."""
    root = tmp_path / "course"
    for tree in TREES:
        shutil.copytree(ROOT / tree, root / tree, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in (*COURSE, *ENGINE):
        shutil.copy(ROOT / name, root)
    downloads = tmp_path / "home" / "Downloads"
    downloads.mkdir(parents=True)
    with zipfile.ZipFile(downloads / "ada.zip", "w") as archive:  # as a learning platform gives it out
        archive.write(ROOT / "solutions/02_ec2/terminate.py", "02_ec2/terminate.py")
    return root


def blocks_of(page):
    """Each block of commands, without the indentation that it has in a list."""
    found = [re.sub(r"^ +(?=\S)", "", text, flags=re.MULTILINE) for text in BLOCK.findall((ROOT / page).read_text())]
    assert found
    return found


def environment(course):
    ours = ("DRYCLOUD_", "JUPYTER", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    bin_folder = str(Path(sys.executable).parent)
    return {**kept, "HOME": str(course.parent / "home"), "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}


def run(block, course):
    """Run a block; a server is run until its formgrader answers."""
    if block.startswith("jupyter lab"):
        serve(block, course)
        return
    if block.startswith("make "):  # CI and a newcomer run these; `make test` would run this test again
        block = re.sub("^make ", "make -n ", block, flags=re.MULTILINE)
    command = ["bash", "-euo", "pipefail", "-c", block]
    done = subprocess.run(
        command, cwd=course, env=environment(course), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stdout + done.stderr, f"{block}\n{done.stderr}"


def serve(block, course):
    root_is_allowed = " --allow-root" if os.geteuid() == 0 else ""
    command = ["bash", "-c", f"exec {block.strip()} --no-browser{root_is_allowed}"]
    with (course.parent / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=course, env=environment(course), stdout=log, stderr=log)
    try:
        page = formgrader(course)
        assert "Formgrader" in page or "formgrader" in page
        assert "bad_setup" not in page
        assert "not a subdirectory" not in (course.parent / "log").read_text()
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def formgrader(course):
    """The formgrader's first page, once the server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        listed = ["jupyter", "server", "list", "--json"]
        told = subprocess.run(listed, env=environment(course), capture_output=True, text=True, timeout=PATIENCE).stdout
        try:
            about = json.loads(told.splitlines()[0])
            url = f"{about['url']}formgrader?token={about['token']}"
            return urllib.request.urlopen(url, timeout=PATIENCE).read().decode()
        except (IndexError, OSError):
            assert time.monotonic() < deadline, (course.parent / "log").read_text()


@pytest.mark.parametrize("page", ["README.md", "docs/instructor.md"])
def test_the_commands_of_a_page_run_as_written(page, course):
    """Each block in the order of the page, in one folder: from proving a step to restoring a backup."""
    for block in blocks_of(page):
        run(block, course)
