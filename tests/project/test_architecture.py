"""docs/architecture.md is true: its picture is import-linter's contract, and what it names is there."""

import re
import tomllib

import pytest
from repository import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text()
CHART = PAGE.partition("```mermaid\n")[2].partition("```")[0]
NAMES = re.findall(r"[\w/.]+/[\w.]*\w(?:\.py)?|\w+\.py", re.sub(r"\]\(.*?\)", "]", PAGE))
PLACES = sorted({name for name in NAMES if name.endswith(".py") or name.startswith(("cloud/", "tests/"))})


def layers() -> list[str]:
    """The rooms in the order of the contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    whole = [contract for contract in contracts if contract["type"] == "layers" and "containers" not in contract]
    (found,) = [contract["layers"] for contract in whole]
    return [layer.partition(" |")[0].removeprefix("drycloud.") for layer in found]


def test_the_picture_is_the_contract() -> None:
    """The rooms stand in the order in which they may import each other, and none is missing."""
    arrows = re.findall(r"^ +(\w+(?: --> \w+)+)$", CHART, re.MULTILINE)
    chain = [room for line in arrows for room in line.split(" --> ")]
    assert list(dict.fromkeys(chain)) == layers() == re.findall(r'^ +(\w+)\["', CHART, re.MULTILINE)


@pytest.mark.parametrize("place", PLACES)
def test_what_it_names_is_there(place: str) -> None:
    """A file that was moved is found by its new name only."""
    assert any((ROOT / folder / place).exists() for folder in ("", "src/drycloud")) or place.startswith(
        ("exercises/A", "solutions/A", "graders/A", "tests/submissions/A")
    )


def test_the_words_of_our_own_are_few() -> None:
    """At most 25, each with one sentence."""
    rows = re.findall(r"^\| (\w+) \| (.+) \|$", PAGE.partition("\n## Words\n")[2], re.MULTILINE)[1:]
    assert 10 < len(rows) <= 25
    assert len({word for word, _ in rows}) == len(rows)
