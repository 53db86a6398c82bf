"""What is said in two places by those who keep the project in order, and must be the same in both."""

import ast
import re
from pathlib import Path

import yaml
from repository import ROOT


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    (lines,) = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return [line.strip().replace("$(BIN)", ".venv/bin") for line in lines.splitlines()]


def test_the_hooks_before_a_commit_are_those_of_make_check() -> None:
    """Who commits hears what CI would say, and nothing else."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == recipe("check")


def test_ci_elsewhere_is_ci_here() -> None:
    """GitHub's workflow calls .ci/run, and practises on each Python that the engine is for."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]
    assert any(".ci/run" in step.get("run", "") for step in jobs["everything"]["steps"])
    matrix = jobs["practice"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_every_target_says_what_it_does() -> None:
    """`make help` lists all that can be asked for."""
    text = (ROOT / "Makefile").read_text()
    (targets,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert set(targets.split()) == set(re.findall(r"^([a-z-]+):.* ## \S", text, re.MULTILINE))


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their first names."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    found |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in found}


def test_a_test_imports_what_lies_beside_it_or_is_shared() -> None:
    """Helpers of its own folder and of tests/helpers, so that the tests of a folder run without those of another."""
    tests = ROOT / "tests"
    rooms = ("unit", "engine", "course", "project", "tools", "helpers")
    found = [path for room in rooms for path in (tests / room).rglob("*.py") if path.stem != "__init__"]
    files = [path for path in found if {"golden", "tutorials"}.isdisjoint(path.parts)]  # written as students write
    places = {path.stem: path.parent for path in files}
    assert len(places) == len(files) > 100, "two files have one name"
    for path in files:
        elsewhere = {places[name] for name in imported(path) & places.keys()} - {path.parent, tests / "helpers"}
        assert not elsewhere, f"{path.relative_to(tests)} imports a helper of {elsewhere}"
        assert not [name for name in imported(path) if name.startswith("test_")], "a test file is no helper"
