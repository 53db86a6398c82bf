"""The cells of a student's py:percent file, in a time that grows with its length and with nothing else.

jupytext reads the course's own files; in a student's file it would cut off the rest again for each cell, and try each
'=' of a cell's options as the start of a value. What is read here is what jupytext and editors write: marks with a
title, a type in brackets, `tags`, `language` and `magic_args`. All other options are ignored.
"""

import re
from collections.abc import Iterator

from drycloud.errors import SubmissionError
from drycloud.notebook.cells import may_fail, role_of
from drycloud.notebook.imports import skip_grammars
from drycloud.notebook.own import Found
from drycloud.notebook.raw import MAX_CELLS

MAX_OPTIONS = 2000  # characters of a mark
_MARK = re.compile(r"\s*#\s*(?:%%(%*)(?:\s(.*))?|<codecell>\s*|In\[[0-9 ]*\]:?\s*)")
_TEXT = re.compile(r"\[(?:markdown|md|raw)\]")
_OPTION = re.compile(r"(?:^|[\s{,])\"?(tags|language|magic_args)\"?\s*[=:]\s*(\[[^\[\]]*\]|\"[^\"]*\"|'[^']*')")
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_QUOTES = [f"{prefix}{quote}" for quote in ('"""', "'''") for prefix in ("", "r", "R")]


def is_marked(text: str) -> bool:
    """Whether a .py file has cells: a line begins with a mark as jupytext writes it."""
    return re.search(r"^# %%", text, re.MULTILINE) is not None


def marked_cells(text: str, name: str) -> list[Found]:
    """The cells of a file with this name, without empty cells that are not answers.

    Lines above the first mark are a cell if any of them is code; a header is not. Raises SubmissionError if
    there are more than MAX_CELLS cells, or a mark is longer than MAX_OPTIONS.
    """
    lines = text.splitlines()
    marks = list(_marks(lines, name))
    ends = [*(number for number, _ in marks), len(lines)]
    above = lines[: ends[0]]
    cells = [Found("own", _code(above))] if any(one.strip() and not one.startswith("#") for one in above) else []
    for (start, options), end in zip(marks, ends[1:], strict=True):
        cells.append(_cell(options, _without_end(lines[start + 1 : end])))
    return [cell for cell in cells if cell.source.strip() or cell.role == "answer"]


def _marks(lines: list[str], name: str) -> Iterator[tuple[int, str]]:
    """The lines that are marks, by number, with their options.

    A line in a multi-line string or in a fenced block of a text is not a mark.
    """
    skip_grammars()
    from jupytext.stringparser import StringParser  # an instructor's extra, as jupytext is

    closed_by = _last_fences(lines)
    quotes, is_text, fence, found = StringParser("python"), False, "", 0
    for number, line in enumerate(lines):
        was_quoted = quotes.is_quoted()
        quotes.read_line(line)
        if was_quoted:
            continue
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif is_text and (opens := _opens(line)) and len(closed_by[number].get(opens[0], "")) >= len(opens):
            fence = opens
        elif (mark := _MARK.fullmatch(line)) is not None:
            found += 1
            if found > MAX_CELLS:
                raise SubmissionError(f"more than {MAX_CELLS} cells", where=name)
            if len(line) > MAX_OPTIONS:
                raise SubmissionError(f"line {number + 1}: more than {MAX_OPTIONS} characters after '# %%'", where=name)
            options = mark[2] or ""
            is_text, quotes = bool(_TEXT.search(_title(options))), StringParser("python")
            yield number, options


def _last_fences(lines: list[str]) -> list[dict[str, str]]:
    """For each line, by kind, the longest fence below it that can close one."""
    longest: dict[str, str] = {}
    found = []
    for line in reversed(lines):
        found.append(longest)
        fence = _fence(line)
        if fence and not fence[2].strip() and len(fence[1]) > len(longest.get(fence[1][0], "")):
            longest = {**longest, fence[1][0]: fence[1]}
    return found[::-1]


def _fence(line: str) -> re.Match[str] | None:
    return _FENCE.fullmatch(_uncommented(line)) if "```" in line or "~~~" in line else None


def _opens(line: str) -> str:
    fence = _fence(line)
    return fence[1] if fence and not (fence[1][0] == "`" and "`" in fence[2]) else ""


def _closes(line: str, opened: str) -> bool:
    fence = _fence(line)
    return fence is not None and fence[1].startswith(opened) and not fence[2].strip()


def _title(options: str) -> str:
    """The text before the first option."""
    return re.split(r"[={]", options, maxsplit=1)[0]


def _cell(options: str, lines: list[str]) -> Found:
    values = {option[1]: _words(option[2]) for option in _OPTION.finditer(options)}
    tags, language = values.get("tags"), " ".join(values.get("language", []))
    if _TEXT.search(_title(options)):
        return Found(role_of("markdown", tags), _prose(lines), is_text=True, may_fail=may_fail(tags))
    if language not in ("", "python"):
        magic = " ".join([f"%%{language}", *values.get("magic_args", [])])
        return Found(role_of("code", tags), "\n".join([magic, *map(_uncommented, lines)]), may_fail=may_fail(tags))
    return Found(role_of("code", tags), _code(lines), may_fail=may_fail(tags))


def _words(value: str) -> list[str]:
    return [double or single for double, single in _WORD.findall(value)]


def _without_end(lines: list[str]) -> list[str]:
    """The lines without the empty ones at their end, which only separate cells."""
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _code(lines: list[str]) -> str:
    from jupytext.magics import uncomment_magic, unescape_code_start

    return "\n".join(unescape_code_start(uncomment_magic(lines, "python"), ".py", "python"))


def _prose(lines: list[str]) -> str:
    """A text's lines without their comment signs, or the text between three quotation marks."""
    from jupytext.magics import uncomment_magic

    text = "\n".join(lines).strip()
    for left in _QUOTES:
        if text.startswith(left) and text.endswith(left[-3:]) and len(text) >= len(left) + 3:
            return text[len(left) : -3].removeprefix("\n").removesuffix("\n")
    return "\n".join(map(_uncommented, uncomment_magic(lines, "python")))  # as jupytext does it, so twice


def _uncommented(line: str) -> str:
    return line[2:] if line.startswith("# ") else line.removeprefix("#")
