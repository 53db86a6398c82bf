"""The messages between sandbox and trusted side: JSON with strict types and limits; nothing else passes."""

import unicodedata
from typing import Any, Literal

import msgspec
from msgspec import Struct

from drycloud.errors import SandboxError
from drycloud.limits import Limits

_DEEPEST, _INTEGER_BITS = 20, 63  # as in the runner


class SandboxFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the working directory: content (base64 in JSON), permission bits, and the time of its last change.

    `mtime` is in seconds since 1970; None is the start of the run; results never contain None.
    """

    data: bytes
    mode: int = 0o644
    mtime: float | None = None


class Job(Struct, frozen=True):
    """One run: cells in order, after `prelude` (trusted code, same namespace); `names` are put in the namespace.

    `labels` are the names of the cells in messages, and `optional` says which may fail without stopping the rest.
    If `program` is a file's name, the only cell is that file: it is run like a program of Python or bash.
    `commands` are those of the guest's, as "module:function", that run in forks of the warm runner.
    """

    cells: list[str]
    limits: Limits
    labels: list[str] = []
    optional: list[bool] = []
    program: str = ""
    prelude: str = ""
    names: dict[str, Any] = {}
    environment: dict[str, str] = {}
    files: dict[str, SandboxFile] = {}
    commands: list[str] = []


class Outcome(Struct, frozen=True, forbid_unknown_fields=True):
    """The result of a run from the runner. `answers` is JSON text from the student's process, a claim.

    `unread` are files that exist and were not read, each with the reason; `left_out` says why there may be more
    files than these, and is empty if there are none. `killed_by` is the number of the signal that ended the run, or
    0; also 0 if a limit was reached and named. `slept` are the seconds of waiting that were skipped.
    """

    outcome: Literal["finished", "raised", "timed_out", "out_of_memory", "killed"]
    message: str = ""
    seconds: float = 0.0
    stdout: str = ""
    stderr: str = ""
    answers: str = "{}"
    files: dict[str, SandboxFile] = {}
    unread: dict[str, str] = {}
    left_out: str = ""
    killed_by: int = 0
    slept: float = 0.0


def decode_answers(text: str) -> dict[str, Any]:
    """The claimed answers; empty unless a JSON object; values that an honest runner would not send are left out."""
    try:
        found = msgspec.json.decode(text.encode("utf-8", "replace"), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {name: value for name, value in found.items() if _is_plain(value, _DEEPEST)}


def _is_plain(value: Any, depth: int) -> bool:
    """Whether a JSON value is usable: no huge numbers, and no deep nesting."""
    if isinstance(value, int):
        return value.bit_length() <= _INTEGER_BITS
    if isinstance(value, list | dict):
        items = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_plain(item, depth - 1) for item in items)
    return True


def decode_outcome(data: bytes) -> Outcome:
    """The runner's message; raises SandboxError if it is invalid.

    The run's own message becomes one printable line, since it is shown among ours.
    """
    try:
        found = msgspec.json.decode(data, type=Outcome)
    except (msgspec.DecodeError, RecursionError):
        raise SandboxError("the sandbox sent something that is no result") from None
    return msgspec.structs.replace(found, message=_one_line(found.message))


def _one_line(text: str) -> str:
    return "".join("�" if unicodedata.category(c)[0] == "C" else c for c in " ".join(text.split()))
