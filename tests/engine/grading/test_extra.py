"""drycloud without the instructor's extra: each command says in one line what to install; a student's need nothing."""

import os
import re
import subprocess
from importlib.metadata import requires
from pathlib import Path

import click
import pytest
from classroom_toy import write_course
from machine import CLI, one_line
from patience import PATIENCE

from drycloud.cli.extra import PACKAGING
from drycloud.cli.main import cli

WITHOUT = """
import sys


class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, Without())
"""
STUDENTS = {"cloud", "shell"}
COMMANDS = sorted(set(cli.commands) - STUDENTS)
# What these packages bring along is missing too.
TRANSITIVE = ("nbconvert", "traitlets", "sqlalchemy", "jsonschema", "jupyter_core", "markupsafe")


def run(folder: Path, missing: tuple[str, ...], *words: str) -> "subprocess.CompletedProcess[str]":
    """The command in a child process in which these modules cannot be imported."""
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site/sitecustomize.py").write_text(WITHOUT.format(names=missing))
    path = os.pathsep.join([str(folder / "site"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    env = {**os.environ, "PYTHONPATH": path, "DRYCLOUD_BUILD": str(folder / "build")}
    return subprocess.run(
        [*CLI, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def words_of(name: str) -> list[str]:
    has_target = any(isinstance(word, click.Argument) for word in cli.commands[name].params)
    return [name, "toy"] if has_target else [name]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_to_install(tmp_path, name):
    """One line, exit status 2, nothing made: all that is missing at once, and the command that installs it."""
    root = write_course(tmp_path)
    line = one_line(run(root, (*PACKAGING, *TRANSITIVE), *words_of(name)))
    assert re.search(r"jupytext and pytest and pyseccomp.* are not installed", line)
    assert line.endswith("pip install 'drycloud[instructor]'")
    assert not (root / "build").exists()


def test_a_single_file_says_it_too(tmp_path):
    """`drycloud grade A/S FILE` needs no nbgrader, but pytest."""
    root = write_course(tmp_path)
    (root / "ann.py").write_text("pass\n")
    assert "pytest is not installed" in one_line(run(root, ("pytest",), "grade", "toy/bucket", "ann.py"))


@pytest.mark.parametrize("module", TRANSITIVE)
def test_a_broken_installation_is_one_line(tmp_path, module):
    """What is missing of what these packages need in their turn is named; nobody sees a traceback."""
    line = one_line(run(write_course(tmp_path), (module,), "release", "toy"))
    assert f"{module} is not installed" in line


def test_help_needs_nothing(tmp_path):
    """The list of commands and each command's help."""
    for words in ([], ["--help"], *([name, "--help"] for name in cli.commands)):
        assert run(tmp_path, (*PACKAGING, *TRANSITIVE), *words).returncode == 0


def test_all_of_the_extra_is_asked_for():
    """What stands in pyproject.toml as the instructor's is what is looked for, by the names of its modules."""
    extra = [line for line in requires("drycloud") or [] if re.search(r"extra == .instructor.", line)]
    assert sorted(re.split(r"[^A-Za-z0-9_-]", line)[0] for line in extra) == sorted(PACKAGING)
