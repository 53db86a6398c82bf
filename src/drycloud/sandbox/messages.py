"""What crosses the wall: strict types, JSON, bounded; nothing else does."""

import unicodedata
from typing import Any, Literal

import msgspec
from msgspec import Struct

from drycloud.errors import SandboxError
from drycloud.limits import Limits

_DEEPEST, _INTEGER_BITS = 20, 63  # as the runner has them


class SandboxFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the working directory: content (base64 on the way), permission bits, and when it was last changed.

    `mtime` is in seconds since 1970; None is the moment at which the run begins. It does not come back.
    """

    data: bytes
    mode: int = 0o644
    mtime: float | None = None


class Job(Struct, frozen=True):
    """One run: cells in order, after `prelude` (trusted code, same namespace); `names` are put in the namespace.

    `labels` say what each cell is called in a message, and `optional` which of them may fail without stopping the rest.
    Where `program` is a file's name, the one cell is that file: it is run as Python or bash runs a program.
    `commands` are those of the guest, as "module:function", that are run in forks of the warm runner.
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
    """What the runner says of a run. `answers` is JSON text that the student's process claims.

    `unread` are the files that are there and were not read, each with the reason; `left_out` says why there may be more
    files than these, and is empty where there are none. `killed_by` is the number of the signal that ended the run, or
    0; 0 as well when a limit was hit and named. `slept` are the seconds of waiting that did not take their time.
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
    """The claimed answers; what is not a JSON object is none, and what an honest runner would not send is left out."""
    try:
        found = msgspec.json.decode(text.encode("utf-8", "replace"), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {name: value for name, value in found.items() if _is_plain(value, _DEEPEST)}


def _is_plain(value: Any, depth: int) -> bool:
    """Whether a value of JSON can be worked with: no number without end, and not nested without end."""
    if isinstance(value, int):
        return value.bit_length() <= _INTEGER_BITS
    if isinstance(value, list | dict):
        items = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_plain(item, depth - 1) for item in items)
    return True


def decode_outcome(data: bytes) -> Outcome:
    """The runner's message; raises SandboxError when it is not one.

    What the run says of itself becomes one printable line: it stands among our own.
    """
    try:
        found = msgspec.json.decode(data, type=Outcome)
    except (msgspec.DecodeError, RecursionError):
        raise SandboxError("the sandbox sent something that is no result") from None
    return msgspec.structs.replace(found, message=_one_line(found.message))


def _one_line(text: str) -> str:
    return "".join("�" if unicodedata.category(c)[0] == "C" else c for c in " ".join(text.split()))
