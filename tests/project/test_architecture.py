"""docs/architecture.md is true: its picture is import-linter's contract, what it names is there. And src/ is small."""

import ast
import re
import statistics
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest
from repository import ROOT

SOURCES = sorted((ROOT / "src/drycloud").rglob("*.py"))
RUNNER = ROOT / "src/drycloud/sandbox/runner.py"
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


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_are_short() -> None:
    """Half have at most 10 lines, nine of ten at most 30, and none has more than 60."""
    found = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in functions(ast.parse(path.read_text()))
    }
    assert len(found) > 1000
    assert [name for name, lines in found.items() if lines > 60] == []
    assert statistics.median(found.values()) <= 10
    assert statistics.quantiles(found.values(), n=10)[-1] <= 30


def test_a_long_file_says_why() -> None:
    """More than 300 lines have a reason in the docstring of the file, which begins with these words."""
    long = [path for path in SOURCES if len(path.read_text().splitlines()) > 300]
    told = {path: " ".join((ast.get_docstring(ast.parse(path.read_text())) or "").split()) for path in long}
    assert [str(path) for path, text in told.items() if "It has more than 300 lines, " not in text] == []


def test_a_folder_has_few_modules() -> None:
    """At most 20 beside the one that says what it is for."""
    found = Counter(path.parent.relative_to(ROOT) for path in SOURCES if path.name != "__init__.py")
    assert [str(folder) for folder, number in found.items() if number > 20] == []


def test_the_runner_is_read_from_top_to_bottom() -> None:
    """Its docstring lists its parts in their order; a function stands below all that use it, but for recursion."""
    text = RUNNER.read_text()
    tree = ast.parse(text)
    parts = re.findall(r"^    (\S.*?)  +\S", ast.get_docstring(tree) or "", re.MULTILINE)
    assert parts == re.findall(r"^# --- (.+?) -+$", text, re.MULTILINE)
    nodes = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    uses = {
        name: {each.id for line in node.body for each in ast.walk(line) if isinstance(each, ast.Name)} & nodes.keys()
        for name, node in nodes.items()
    }
    places = list(nodes)
    upwards = {
        (name, used)
        for name in places
        for used in uses[name]
        if places.index(used) < places.index(name) and isinstance(nodes[used], ast.FunctionDef)
    }
    assert {(name, used) for name, used in upwards if name not in uses[used]} == set()
