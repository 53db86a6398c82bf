"""Advice for errors that the grading environment causes: a missing library, or an older Python."""

import re
import sys

from drycloud.course.libraries import list_versions

PYTHON = f"Python {sys.version_info.major}.{sys.version_info.minor}"

_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_NOT_IN_IT = re.compile(
    r"AttributeError: module '([\w.]+)' has no attribute '\w+'|ImportError: cannot import name '\w+' from '([\w.]+)'"
)
_SYNTAX = re.compile(r"(?:line (\d+): )?(?:SyntaxError|IndentationError|TabError): (.*)")
_COLAB = (
    "google.colab is there in Google Colab only. Leave its lines out: your work is run with its own files in the "
    "working directory, and without a Google Drive."
)
_LONGEST = 300  # characters of a line that are examined: the patterns below backtrack, and lines may be long
_NEWER_MODULES = {"annotationlib": (3, 14), "compression": (3, 14)}
_F_STRING = re.compile(r"\b[fF][rR]?[\"']|\b[rR][fF][\"']")

# Syntax of newer Pythons: the version, its name, and a pattern for a line with it.
_NEWER = (
    ((3, 12), "the statement 'type X = …' (PEP 695)", re.compile(r"\s*type\s+\w+\s*(\[.*\])?\s*=")),
    (
        (3, 13),
        "default values of type parameters (PEP 696)",
        re.compile(r"\s*(type|(async\s+)?def|class)\s+\w+\s*\[.*=.*\]"),
    ),
    ((3, 12), "type parameters (PEP 695)", re.compile(r"\s*((async\s+)?def|class)\s+\w+\s*\[")),
    ((3, 14), "except without brackets around several errors (PEP 758)", re.compile(r"\s*except\*?\s+[\w.]+\s*,")),
    ((3, 14), "t-strings (PEP 750)", re.compile(r".*\b[tT][rR]?[\"']|.*\b[rR][tT][\"']")),
    ((3, 15), "lazy imports (PEP 810)", re.compile(r"\s*lazy\s+(import|from)\b")),
    ((3, 15), "unpacking in comprehensions (PEP 798)", re.compile(r".*[\[({]\s*\*{1,2}.*\bfor\b")),
)


def advised(message: str, cells: list[str], libraries: list[str]) -> str:
    """The message of a run with a sentence of advice; `libraries` are those that the course adds."""
    more = _about_module(message, libraries) or _about_python(message) or _about_syntax(message, cells)
    return f"{message.removesuffix('.')}. {more}" if more else message


def _about_module(message: str, libraries: list[str]) -> str:
    found = _NO_MODULE.search(message)
    if not found:
        return ""
    name = found[1]
    root = name.partition(".")[0]
    if name == "google.colab" or root == "google":
        return _COLAB
    if root in _NEWER_MODULES and sys.version_info < _NEWER_MODULES[root]:
        return _python_of(f"the module {root}", _NEWER_MODULES[root])
    if root in sys.stdlib_module_names:
        return ""
    return f"{root} is not among the libraries: {list_versions(libraries)}."


def _about_python(message: str) -> str:
    found = _NOT_IN_IT.search(message)
    if not found or (found[1] or found[2]).partition(".")[0] not in sys.stdlib_module_names:
        return ""
    return f"Should it be there for you: your work is graded with {PYTHON}, and a newer one may have more."


def _about_syntax(message: str, cells: list[str]) -> str:
    found = _SYNTAX.search(message)
    if not found:
        return ""
    lines = _lines(cells, found[1])
    for version, what, looks in _NEWER:
        if sys.version_info < version and any(looks.match(line) for line in lines):
            return _python_of(what, version)
    if sys.version_info < (3, 12) and (found[2].startswith("f-string") or any(map(_F_STRING.search, lines))):
        what = "quotation marks, backslashes, comments and several lines between the braces of an f-string (PEP 701)"
        return _python_of(what, (3, 12))
    return ""


def _python_of(what: str, version: tuple[int, int]) -> str:
    since = f"Python {version[0]}.{version[1]}"
    return f"Should it work for you: {what} came with {since}, and your work is graded with {PYTHON}."


def _lines(cells: list[str], line: str | None) -> list[str]:
    """The line with that number in each cell, since the message may count otherwise; all lines if it names none."""
    sources = [[each[:_LONGEST] for each in cell.splitlines()] for cell in cells]
    if line:
        return [source[int(line) - 1] for source in sources if 0 < int(line) <= len(source)]
    return [each for source in sources for each in source]
