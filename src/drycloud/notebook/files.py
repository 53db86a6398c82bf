"""Submitted files: their kind, and their content, read within bounds and without trust."""

import codecs
import errno
import io
import os
import re
import stat
import tokenize
from pathlib import Path
from typing import BinaryIO

from drycloud.errors import SubmissionError

MAX_BYTES = 4 * 1024 * 1024  # of a text, and of a notebook without its outputs
MAX_NOTEBOOK = 100 * 1024 * 1024  # with them: as much as nbgrader copies
SUFFIXES = (".ipynb", ".py", ".sh")
_KIND = re.compile(r"\.(?:ipynb|py|sh)(?![\w-])")
NOT_UTF8 = "not a text in UTF-8; save it again as UTF-8"
EMPTY = "the file is empty; save your work and submit again"
# Encodings that a .py file may declare: decoding some others takes time that grows with the square of the length.
_ENCODINGS = re.compile(r"(utf-8|ascii|iso8859|cp\d|koi8|mac-|gb|big5|euc_|shift_jis)[\w-]*")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(name: str) -> str:
    """The last of SUFFIXES in a file's name, also before other suffixes (.ipynb.txt); '' if it has none."""
    found: list[str] = _KIND.findall(name.lower())
    return found[-1] if found else ""


def read_text(path: Path) -> str:
    """The text of a file; raises SubmissionError, saying in a student's words what is wrong with it."""
    data = _read(path, MAX_BYTES)
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else _declared(data, path))
    except (UnicodeDecodeError, SyntaxError):
        if kind_of(path.name) == ".sh":  # to a shell a script is bytes, and such bytes are mostly in comments
            return data.decode("latin-1")
        raise SubmissionError(NOT_UTF8, where=path.name) from None


def _declared(data: bytes, path: Path) -> str:
    """The encoding that a .py file declares in its first two lines (PEP 263); else UTF-8.

    Raises SyntaxError for an encoding that Python does not know.
    """
    if kind_of(path.name) != ".py":
        return "utf-8-sig"
    head = io.BytesIO(b"\n".join(data.split(b"\n", 2)[:2]))
    name = codecs.lookup(tokenize.detect_encoding(head.readline)[0]).name
    return name if _ENCODINGS.fullmatch(name) else "utf-8"


def read_json(path: Path) -> bytes:
    """The JSON of a notebook in UTF-8; raises SubmissionError as `read_text` does."""
    data = _read(path, MAX_NOTEBOOK)
    if data.startswith(_UTF16) and len(data) <= MAX_BYTES:
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


def _read(path: Path, most: int) -> bytes:
    with opened(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise SubmissionError(f"larger than {most // 1024**2} MiB; make it smaller and submit again", where=path.name)
    if not data.strip():
        raise SubmissionError(EMPTY, where=path.name)
    return data


def opened(path: Path) -> BinaryIO:
    """The open file; raises SubmissionError for a link, which is not followed, or a pipe, which is not waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise SubmissionError("there is no such file", where=path.name) from None
    except (OSError, ValueError) as error:
        is_link = getattr(error, "errno", None) == errno.ELOOP
        why = "a link, which is not followed: hand in the files themselves" if is_link else "it cannot be opened"
        raise SubmissionError(why, where=path.name) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SubmissionError("not a file", where=path.name)
    return os.fdopen(descriptor, "rb")
