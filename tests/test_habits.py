"""What is said in two places by those who keep the project in order, and must be the same in both."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent


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
