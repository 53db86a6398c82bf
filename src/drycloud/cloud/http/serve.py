"""Serving a cloud on a socket: in threads, without logging, with limits, and only while a run lasts."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Generator
from http import HTTPStatus
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import ThreadedWSGIServer

from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.bodies import Chunks, Head, Sized, length_of
from drycloud.cloud.request.errors import error_answer

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)

_BUSY = error_answer("s3", "503 Slow Down", "SlowDown", "Please reduce your request rate.")
_TOO_LONG = error_answer(
    "s3",
    "400 Bad Request",
    "RequestHeaderSectionTooLarge",
    "Your request header section exceeds the maximum allowed request header section size.",
)

_LONGEST_ADDRESS = 32 * 1024  # bytes of its first line, which holds path and query
_PART = 64 * 1024
_LOOK = 0.5  # seconds between two checks for connections whose time is over


class _Handler(MotoRequestHandler):  # type: ignore[misc]  # moto ships no types
    """One connection: requests one after another, without logging, closed after ten idle seconds."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: "_Server"
    rfile: Any
    _rested = False  # after its first answer a connection is idle
    _spent = 0.0  # seconds of processor time of this connection's thread that were counted

    def handle_one_request(self) -> None:
        """Answer a request, and count its cost, even if it is invalid."""
        try:
            super().handle_one_request()
        finally:
            now = time.thread_time()
            self.server.cloud.meter.spend(now - self._spent)
            self._spent = now

    def parse_request(self) -> bool:
        """Read the request's head; HTTP/0.9, whose answers have no status, is not supported."""
        if self._rested and not self.server.wake(self.connection):
            self.close_connection = True
            return False
        if len(self.raw_requestline) > _LONGEST_ADDRESS:
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
            return False
        if not self._parse_head():
            return False
        if self.request_version == "HTTP/0.9":
            self.send_error(400)
            return False
        return True

    def _parse_head(self) -> bool:
        connection: Any = self.rfile
        self.rfile = Head(connection)
        try:
            return bool(super().parse_request())
        finally:
            self.rfile = connection

    def make_environ(self) -> dict[str, Any]:  # werkzeug's own name
        """Like werkzeug's, but with our reader for the body, which stops at its end."""
        environ: dict[str, Any] = super().make_environ()
        chunked = environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked"
        body = Chunks(self.rfile) if chunked else Sized(self.rfile, length_of(self.headers.get_all("Content-Length")))
        environ["wsgi.input"], environ["wsgi.input_terminated"] = body, True
        return environ

    def run_wsgi(self) -> None:
        """Answer a request, and keep the connection open if the request was read to its end."""
        try:
            environ = self.make_environ()
        except ValueError:  # its URL is invalid
            self.send_error(400)
            return
        sent: Sized | Chunks = environ["wsgi.input"]
        status, headers, body = self.server.cloud.answer(environ)
        self.close_connection |= not sent.over or self.request_version != "HTTP/1.1"
        try:
            self._send(status, headers, body)
            if self.close_connection:
                self._hear_out()
        except OSError:
            self.close_connection = True
        finally:
            body.close()
            self._rested = True
            self.server.rest(self.connection)

    def _send(self, status: str, headers: list[tuple[str, str]], body: Generator[bytes, None, None]) -> None:
        """Send an answer, with its head and the first part of its body in one write."""
        ours = [("Server", self.version_string()), ("Date", self.date_time_string())]
        head = _head(status, [*ours, *headers], close=self.close_connection)
        self.wfile.write(head + next(body, b""))
        for part in body:
            self.wfile.write(part)

    def _hear_out(self) -> None:
        """Read the rest of the request: a client that is still sending may not read the answer."""
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read(_PART):
            pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer invalid HTTP with an AWS error; Python's own page is HTML, and repeats what was sent."""
        del message, explain
        self.close_connection = True
        self.server.cloud.meter.count()
        self.wfile.write(_raw(_TOO_LONG if code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE else _no_request(code)))

    def version_string(self) -> str:
        """The value of the Server header."""
        return "drycloud"

    def log(self, type: str, message: str, *args: Any) -> None:  # werkzeug's own name
        """Write nothing: the trail records the calls."""


class _Server(ThreadedWSGIServer):
    """A thread for each connection, up to a limit; each request is cut off when its time is over."""

    block_on_close = False  # a slow client must not delay us

    def __init__(self, cloud: Cloud, listener: socket.socket, seconds: float, connections: int):
        self._seconds, self._most = seconds, connections
        self._ends: dict[Any, float] = {}  # by open connection
        self._resting: dict[Any, None] = {}  # the idle connections, the longest idle first
        host, port = listener.getsockname()[:2]
        super().__init__(host, port, cloud, _Handler, fd=listener.fileno())
        self.cloud = cloud

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Accept a connection, closing an idle one; or answer "slow down", after which boto3 and the AWS CLI retry."""
        del client_address
        if len(self._ends) >= self._most and not self._cut_one_at_rest():
            with contextlib.suppress(OSError):
                request.sendall(_raw(_BUSY))
            return False
        self._ends[request] = time.monotonic() + self._seconds
        return True

    def rest(self, request: Any) -> None:
        """End a request of a connection, which may now be closed."""
        self._resting[request] = None

    def wake(self, request: Any) -> bool:
        """Begin another request of an idle connection; False if it has just been closed."""
        if self._resting.pop(request, self) is self:
            return False
        self._ends[request] = time.monotonic() + self._seconds
        return True

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, which makes room for another."""
        super().shutdown_request(request)
        self._resting.pop(request, None)
        self._ends.pop(request, None)

    def service_actions(self) -> None:
        """Cut off requests whose time is over, even busy ones; called repeatedly by `serve_forever`."""
        now = time.monotonic()
        for request, end in list(self._ends.items()):
            if end < now:
                _cut(request)

    def server_close(self) -> None:
        """Close all connections, and stop listening."""
        super().server_close()
        for request in list(self._ends):
            _cut(request)

    def _cut_one_at_rest(self) -> bool:
        for request in list(self._resting):
            if self._resting.pop(request, self) is not self:  # else a request has begun meanwhile
                self._ends.pop(request, None)
                _cut(request)
                return True
        return False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing: the data was not a request, and its connection is closed."""


class Endpoint:
    """A cloud served on a listening socket from `__enter__` to `__exit__`; after that nothing answers.

    A request has `seconds` from its first byte to the last of its answer, and there are at most `connections`
    at once.
    """

    def __init__(self, cloud: Cloud, listener: socket.socket, *, seconds: float = 30.0, connections: int = 256):
        self.cloud, self._listener = cloud, listener
        self._server = _Server(cloud, listener, seconds, connections)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": _LOOK}, daemon=True)

    def __enter__(self) -> "Endpoint":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cloud.close()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # this wakes the thread that waits for connections
        self._server.shutdown()
        self._server.server_close()
        self._listener.close()
        self._thread.join()


def _no_request(code: int) -> tuple[str, list[tuple[str, str]], bytes]:
    return error_answer("s3", f"{code} Bad Request", "BadRequest", "This is no request.")


def _cut(request: socket.socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)


def _raw(answer: tuple[str, list[tuple[str, str]], bytes]) -> bytes:
    """The bytes of an answer, which is the last one of its connection."""
    status, headers, body = answer
    return _head(status, headers, close=True) + body


def _head(status: str, headers: list[tuple[str, str]], *, close: bool) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, *(["Connection: close"] if close else []), "", ""]).encode("latin-1")
