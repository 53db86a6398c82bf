"""A request as it comes off its connection: the lines of its head and its body, read no further than they may go."""

import http.client
import re
from typing import Any

_LONGEST_HEAD = 8 * 1024  # bytes of all headers of a request, as with S3
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})(;[^\r\n]*)?\r\n")
_LONGEST_LINE, _MOST_TRAILERS = 8192, 20
_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)


class Head:
    """The headers of a request on a connection, read no further than they may go."""

    def __init__(self, file: Any):
        self._file, self._left = file, _LONGEST_HEAD

    def readline(self, size: int) -> bytes:
        """The next line; raises LineTooLong when all lines together are too long."""
        line: bytes = self._file.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise http.client.LineTooLong("headers")
        return line


class Sized:
    """A body of so many bytes; None stands for a length that is none, with which no body can be told from what follows.

    `over`: it was read to its end, so that the next request begins behind it.
    """

    def __init__(self, file: Any, length: int | None):
        self._file, self._left, self.over = file, length or 0, length == 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; raises OSError for what ends before its end."""
        part: bytes = self._file.read(min(size, self._left))
        self._left -= len(part)
        if self._left and not part:
            raise OSError("a body is not as long as its header says")
        self.over = self.over or (bool(part) and not self._left)
        return part


class Chunks:
    """A body in chunks. werkzeug's own reader believes in their lengths, and hands out memory that is not theirs."""

    def __init__(self, file: Any):
        self._file, self._left, self.over = file, 0, False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; raises OSError for what is not in chunks, or ends before its end."""
        parts = []
        while size > 0 and not self.over:
            if not self._left:
                self._left = self._next_length()
                self.over = not self._left
                continue
            part = self._exactly(min(size, self._left))
            parts.append(part)
            size, self._left = size - len(part), self._left - len(part)
            if not self._left and self._exactly(2) != b"\r\n":
                raise OSError("no end of line behind a chunk")
        return b"".join(parts)

    def _next_length(self) -> int:
        found = _CHUNK.fullmatch(self._file.readline(_LONGEST_LINE))
        if not found:
            raise OSError("no length of a chunk")
        length = int(found[1], 16)
        if not length:
            lines = (self._file.readline(_LONGEST_LINE) for _ in range(_MOST_TRAILERS))
            if b"\r\n" not in lines:
                raise OSError("no end behind the last chunk")
        return length

    def _exactly(self, count: int) -> bytes:
        part: bytes = self._file.read(count)
        if len(part) < count:
            raise OSError("a chunk is not as long as it says")
        return part


def length_of(told: list[str] | None) -> int | None:
    """The length of a body as its header says; None when what it says is no length, or several."""
    if not told:
        return 0
    return int(told[0]) if len(told) == 1 and _DIGITS.fullmatch(told[0]) else None
