"""Serving a cloud on a socket: in threads, quietly, with bounds, and only for as long as a run lasts."""

import contextlib
import logging
import re
import socket
import threading
import time
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import ThreadedWSGIServer

from drycloud.cloud.app import Cloud
from drycloud.cloud.errors import error_answer

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)

_BUSY = error_answer("s3", "503 Slow Down", "SlowDown", "Please reduce your request rate.")


_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})(;[^\r\n]*)?\r\n")
_LONGEST_LINE, _MOST_TRAILERS = 8192, 20


class _Chunks:
    """A body in chunks. werkzeug's own reader believes in their lengths, and hands out memory that is not theirs."""

    def __init__(self, file: Any):
        self._file, self._left, self._over = file, 0, False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; raises OSError for what is not in chunks, or ends before its end."""
        parts = []
        while size > 0 and not self._over:
            if not self._left:
                self._left = self._next_length()
                self._over = not self._left
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


class _Handler(MotoRequestHandler):  # type: ignore[misc]  # moto ships no types
    """One connection: one request, silent, and given up after ten idle seconds."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def parse_request(self) -> bool:
        """Read the request's head; the HTTP of 1991, whose answers have no status, nobody speaks."""
        if not super().parse_request():
            return False
        if self.request_version == "HTTP/0.9":
            self.send_error(400)
            return False
        return True

    def make_environ(self) -> dict[str, Any]:  # werkzeug's own name
        """As werkzeug does; but a body in chunks is read by us."""
        environ: dict[str, Any] = super().make_environ()
        if environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked":
            environ["wsgi.input"], environ["wsgi.input_terminated"] = _Chunks(self.rfile), True
        return environ

    def run_wsgi(self) -> None:
        """Answer; a request whose address is none is told so."""
        try:
            super().run_wsgi()
        except ValueError:
            self.send_error(400)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Tell in AWS's shape what is no HTTP; Python's own page would be HTML, and show what was sent."""
        del message, explain
        self.request_version, self.close_connection = self.protocol_version, True
        self.wfile.write(_raw(error_answer("s3", f"{code} Bad Request", "BadRequest", "This is no request.")))

    def version_string(self) -> str:
        """What the Server header says."""
        return "drycloud"

    def log(self, type: str, message: str, *args: Any) -> None:  # werkzeug's own name
        """Write nothing: the trail says what was asked."""


class _Server(ThreadedWSGIServer):
    """A thread for each connection, of which there are so many at once; each is cut when its time is over."""

    block_on_close = False  # a lazy client must not hold us up

    def __init__(self, cloud: Cloud, listener: socket.socket, seconds: float, connections: int):
        host, port = listener.getsockname()[:2]
        super().__init__(host, port, cloud, _Handler, fd=listener.fileno())
        self._seconds, self._most = seconds, connections
        self._ends: dict[Any, float] = {}  # by open connection

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Let a connection in, or tell it to come again: boto3 and the AWS CLI do."""
        del client_address
        if len(self._ends) >= self._most:
            with contextlib.suppress(OSError):
                request.sendall(_raw(_BUSY))
            return False
        self._ends[request] = time.monotonic() + self._seconds
        return True

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, which makes room for another."""
        super().shutdown_request(request)
        self._ends.pop(request, None)

    def service_actions(self) -> None:
        """Cut what has had its time, however busy it is; called all the while by `serve_forever`."""
        now = time.monotonic()
        for request, end in list(self._ends.items()):
            if end < now:
                with contextlib.suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing: what came was no request, and its connection is closed."""


class Endpoint:
    """A cloud served on a listening socket from `__enter__` to `__exit__`; after that nothing answers.

    A request has so many `seconds` from its first byte to the last of its answer, and there are so many `connections`
    at once.
    """

    def __init__(self, cloud: Cloud, listener: socket.socket, *, seconds: float = 30.0, connections: int = 64):
        self.cloud, self._listener = cloud, listener
        self._server = _Server(cloud, listener, seconds, connections)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> "Endpoint":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cloud.close()
        self._server.shutdown()
        self._server.server_close()
        self._listener.close()
        self._thread.join()


def _raw(answer: tuple[str, list[tuple[str, str]], bytes]) -> bytes:
    """An answer as it goes over the line."""
    status, headers, body = answer
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
    return "\r\n".join(lines).encode() + body
