"""Words that are not used in the engine and the course: the project's own, and those that English no longer uses.

Terms are those of AWS, nbgrader, pytest and POSIX; docs/architecture.md lists the few that are ours.
"""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Each word, with a pattern of the lines in which it is meant otherwise.
WORDS = {
    "nursery": "",
    "papers": "",
    "harvest": "",
    "bury": "",
    "buried": "",
    "disarm": "",
    "deaf": "",
    "storeys?": "",
    "reckon(s|ed)?": "",
    "amid": "",
    "whoever": "",
    "dear": r"Dear (library|colleagues)",  # a letter that a scene writes
    "worth": r"\b(is|are) worth\b|\bworth the same\b",  # the points of a check or an answer
    "moments?": r"at the moment\b|from the moment that|a moment to start",  # now; since; as anybody says it
}
FOLDERS = {"src": "*.py", "exercises": "*.py", "graders": "*.py", "solutions": "*.py", "docs": "*.md"}
# Made from the heads of attacks and the rows of fidelity, which stay as they were noted.
MADE = {"attacks.md", "fidelity.md"}
FILES = [
    path
    for folder, pattern in FOLDERS.items()
    for path in sorted((ROOT / folder).rglob(pattern))
    if path.name not in MADE
]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def names_of(path: Path) -> set[str]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return {token.string for token in tokens if token.type == tokenize.NAME}


@pytest.mark.parametrize("word", WORDS)
def test_no_text_has_this_word(word):
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in FILES
        for number, line in enumerate(lines_of(path), 1)
        if pattern.search(line) and not (WORDS[word] and re.search(WORDS[word], line))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("word", WORDS)
def test_no_name_has_this_word(word):
    """Also as a part of a name: `_deaf_to_ctrl_c`, `LastMoment`."""
    pattern = re.compile(rf"(^|_)(?i:{word})(_|$)|[a-z0-9](?-i:{word.capitalize()})(?![a-z])")
    paths = [path for path in FILES if path.suffix == ".py"]
    found = {f"{path.relative_to(ROOT)}: {name}" for path in paths for name in names_of(path) if pattern.search(name)}
    assert not found, "\n".join(sorted(found))


def test_the_engine_is_read():
    assert len(FILES) > 250
    assert all(ast.parse(path.read_text(encoding="utf-8")) for path in FILES if path.parts[-2] == "grading")
