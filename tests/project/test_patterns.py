"""Regular expressions of the engine, the exercises and the graders: a long text makes none of them work for ever."""

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # as Python itself reads a pattern
from typing import Any

import pytest
from msgspec import Struct
from repository import ROOT

from drycloud.grading.fork import in_fork

METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
LONG = 300_000  # letters; what is quadratic takes minutes for all texts of these, and what is not a tenth of a second
MOST_PLACES = 12
CHOICES = 2  # of the ways that a pattern may go
END = "\x07\n\x07"  # which nothing looks for
PROCESSOR = 20  # seconds for all texts together
SHORT = {  # what sees no more letters than these, by file and name
    "src/drycloud/cloud/http/forms.py:_CREDENTIAL": 8192,  # of a header or a field
    "src/drycloud/cloud/request/signature.py:_SCOPE": 8192,
    "src/drycloud/grading/advice.py:": 300,  # of a line
    "src/drycloud/notebook/own.py:_CODE": 1000,  # of a line
}
OURS = {  # what sees nothing that somebody handed in, by file: botocore's data, course texts; or in the run's own time
    *(
        "src/drycloud/cloud/rules/describe/filterable.py",
        "src/drycloud/classroom/releases/leaks.py",
        "src/drycloud/verify/__init__.py",
    ),
    "src/drycloud/sandbox/pauses.py",
}
# What is given to `rules.registry.edited` is not here: it looks at our own answers, whose elements all have an end.


class Pattern(Struct, frozen=True):
    """A pattern, where it stands, and the methods that it is used with."""

    place: str
    name: str
    compiled: "re.Pattern[str] | re.Pattern[bytes]"
    methods: tuple[str, ...]


def patterns() -> Iterator[Pattern]:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sources()}
    uses = {(path, tail(use.value), use.attr) for path, tree in trees.items() for use in ast.walk(tree) if is_use(use)}
    for path, tree in trees.items():
        called = {id(node.value): tail(node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)}
        for node in ast.walk(tree):
            method, text = asked_for(node)
            text = evaluated(text, path) if text else None
            if text is not None:
                name = called.get(id(node), "")
                there = path if name.startswith("_") else None  # other modules may use a public one
                methods = tuple(sorted({m for place, used, m in uses if used == name and (there or place) == place}))
                compiled = re.compile(text, flags(node))
                methods = methods or (("search", "match") if method == "compile" else (method,))
                yield Pattern(f"{path.relative_to(ROOT)}:{node.lineno}", name, compiled, methods)


def sources() -> list[Path]:
    return sorted(path for folder in ("src", "graders", "exercises") for path in (ROOT / folder).rglob("*.py"))


def is_use(node: ast.AST) -> bool:
    """Whether it may be a method of a pattern."""
    return isinstance(node, ast.Attribute) and node.attr in METHODS and bool(tail(node.value))


def asked_for(node: ast.AST) -> tuple[str, ast.expr | None]:
    """The function of `re` that is called, and the expression of its pattern, where this is such a call."""
    is_one = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and tail(node.func.value) == "re"
    if not is_one or node.func.attr not in ("compile", *METHODS):
        return "", None
    return node.func.attr, node.args[0]


def tail(node: ast.expr) -> str:
    """The last word of `a.b.NAME`; '' for what is no name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def flags(call: ast.Call) -> int:
    told = " ".join(ast.unparse(each) for each in (*call.args[1:], *(keyword.value for keyword in call.keywords)))
    return sum(re.RegexFlag[word] for word in re.findall(r"re\.([A-Z]+)", told))


def evaluated(node: ast.expr, path: Path) -> str | bytes | None:
    """A pattern's text; where it is put together, of constants of its module, and an x where something else stands.

    None where it is put together of other patterns, or is one that was looked at elsewhere.
    """
    if not isinstance(node, ast.Constant | ast.JoinedStr):
        return None
    names: dict[str, Any] = defaultdict(lambda: X("x"), builtins=None)
    if not isinstance(node, ast.Constant) and path.is_relative_to(ROOT / "src"):
        names |= vars(importlib.import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts)))
    found: str | bytes = eval(compile(ast.Expression(node), str(path), "eval"), {"re": re}, names)
    return found


class X(str):
    """What stands for a part of a pattern that is not known before the engine runs."""

    def __getattr__(self, name: str) -> "X":
        return self

    def __getitem__(self, key: object) -> "X":
        return self


PATTERNS = [pattern for pattern in patterns() if pattern.place.partition(":")[0] not in OURS]


def texts(pattern: Pattern) -> Iterator[str]:
    """Long texts that may lead it astray: a part of what it looks for again and again, behind what comes before it."""
    length = SHORT.get(f"{pattern.place.partition(':')[0]}:{pattern.name}", LONG)
    tree = parser.parse(pattern.compiled.pattern, pattern.compiled.flags)
    for choice in range(CHOICES):
        yield from about([one_of(places) for places in alphabet(tree, choice, [])][:MOST_PLACES], length)


def about(whole: list[str], length: int) -> Iterator[str]:
    parts = {(place, letter) for place, letter in enumerate(whole)}
    parts |= {(place, "".join(whole[place : place + 2])) for place in range(len(whole) - 1)}
    parts |= {(0, "".join(whole)), (0, "\n"), (0, " "), (0, "a"), (len(whole), "a"), (len(whole), " ")}
    for place, part in sorted(parts):
        many = part * (length // max(len(part), 1))
        for before in {"", "".join(whole[:place])}:
            yield before + many + END
        yield many[: length // 2] + " a"[place % 2] * (length // 2) + END


Places = list[list[tuple[object, object]]]


def alphabet(tree: "parser.SubPattern", choice: int, found: Places) -> Places:
    """For each place of a pattern what may stand there, in its order; of several ways one."""
    for kind, value in tree:
        match str(kind):
            case "LITERAL" | "NOT_LITERAL" | "ANY":
                found.append([(kind, value)])
            case "IN":
                found.append(value)
            case "BRANCH":
                alphabet(value[1][choice % len(value[1])], choice, found)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" | "SUBPATTERN" | "ASSERT":
                alphabet(value[-1], choice, found)
            case "ATOMIC_GROUP":
                alphabet(value, choice, found)
    return found


def one_of(members: list[tuple[object, object]]) -> str:
    """A letter that may stand at a place; one that nothing is told of is an a."""
    categories = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "-", "CATEGORY_NOT_SPACE": "a"}
    kind, value = members[0]
    match str(kind):
        case "LITERAL":
            return chr(int(str(value.__index__())))
        case "RANGE":
            return chr(value[0])
        case "CATEGORY":
            return categories.get(str(value), "a")
    return "a"


def work(pattern: Pattern) -> bool:
    for text in texts(pattern):
        for method in pattern.methods:
            told = text if isinstance(pattern.compiled.pattern, str) else text.encode()
            ask = getattr(pattern.compiled, method)
            found = ask(told[:0], told) if method in ("sub", "subn") else ask(told)
            if method == "finditer":
                list(found)
    return True


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.place)
def test_a_pattern_takes_no_longer_than_its_text_is_long(pattern: Pattern) -> None:
    """The kernel ends it where it does."""
    assert in_fork(partial(work, pattern), bool, 600, PROCESSOR)


def test_patterns_that_go_back_are_found() -> None:
    """In each of the ways that a search can grow."""
    for text in ("a*b", r"\s+$", "(a|b)*c", r"\[.*=.*\]", "(x+x+)+y"):
        pattern = Pattern("", "", re.compile(text), ("search",))
        with pytest.raises(ChildProcessError):
            in_fork(partial(work, pattern), bool, 600, 1)
