"""Serving a cloud on a socket: in threads, quietly, with bounds, and only for as long as a run lasts."""

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
_LOOK = 0.5  # seconds between two looks for connections whose time is over


class _Handler(MotoRequestHandler):  # type: ignore[misc]  # moto ships no types
    """One connection: requests one after the other, silent, and given up after ten idle seconds."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: "_Server"
    rfile: Any
    _rested = False  # after a first answer the connection waits for the next request
    _spent = 0.0  # seconds of processor time of this connection's thread that were counted

    def handle_one_request(self) -> None:
        """Answer a request, and count what it cost, whether it was one or not."""
        try:
            super().handle_one_request()
        finally:
            now = time.thread_time()
            self.server.cloud.meter.spend(now - self._spent)
            self._spent = now

    def parse_request(self) -> bool:
        """Read the request's head; the HTTP of 1991, whose answers have no status, nobody speaks."""
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
        """As werkzeug does; but a body is read by us, and no further than to its end."""
        environ: dict[str, Any] = super().make_environ()
        chunked = environ.get("HTTP_TRANSFER_ENCODING", "").strip().lower() == "chunked"
        body = Chunks(self.rfile) if chunked else Sized(self.rfile, length_of(self.headers.get_all("Content-Length")))
        environ["wsgi.input"], environ["wsgi.input_terminated"] = body, True
        return environ

    def run_wsgi(self) -> None:
        """Answer a request, and stay on the line for the next one if this one was read to its end."""
        try:
            environ = self.make_environ()
        except ValueError:  # its address is none
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
        """Send an answer, its head and the first part of its body at once."""
        ours = [("Server", self.version_string()), ("Date", self.date_time_string())]
        head = _head(status, [*ours, *headers], close=self.close_connection)
        self.wfile.write(head + next(body, b""))
        for part in body:
            self.wfile.write(part)

    def _hear_out(self) -> None:
        """Take in what is still sent: who is not heard out may not hear the answer either."""
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read(_PART):
            pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Tell in AWS's shape what is no HTTP; Python's own page would be HTML, and show what was sent."""
        del message, explain
        self.close_connection = True
        self.server.cloud.meter.count()
        self.wfile.write(_raw(_TOO_LONG if code == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE else _no_request(code)))

    def version_string(self) -> str:
        """What the Server header says."""
        return "drycloud"

    def log(self, type: str, message: str, *args: Any) -> None:  # werkzeug's own name
        """Write nothing: the trail says what was asked."""


class _Server(ThreadedWSGIServer):
    """A thread for each connection, of which there are so many at once; each request is cut when its time is over."""

    block_on_close = False  # a lazy client must not hold us up

    def __init__(self, cloud: Cloud, listener: socket.socket, seconds: float, connections: int):
        self._seconds, self._most = seconds, connections
        self._ends: dict[Any, float] = {}  # by open connection
        self._resting: dict[Any, None] = {}  # the connections that have had their answer, the longest idle first
        host, port = listener.getsockname()[:2]
        super().__init__(host, port, cloud, _Handler, fd=listener.fileno())
        self.cloud = cloud

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Let a connection in, in the place of an idle one; or tell it to come again: boto3 and the AWS CLI do."""
        del client_address
        if len(self._ends) >= self._most and not self._cut_one_at_rest():
            with contextlib.suppress(OSError):
                request.sendall(_raw(_BUSY))
            return False
        self._ends[request] = time.monotonic() + self._seconds
        return True

    def rest(self, request: Any) -> None:
        """End a request of a connection, which may be cut from here on."""
        self._resting[request] = None

    def wake(self, request: Any) -> bool:
        """Begin another request of a connection at rest; False when it has just been cut."""
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
        """Cut what has had its time, however busy it is; called all the while by `serve_forever`."""
        now = time.monotonic()
        for request, end in list(self._ends.items()):
            if end < now:
                _cut(request)

    def server_close(self) -> None:
        """Cut all connections, and listen no more."""
        super().server_close()
        for request in list(self._ends):
            _cut(request)

    def _cut_one_at_rest(self) -> bool:
        for request in list(self._resting):
            if self._resting.pop(request, self) is not self:  # else it was woken meanwhile
                self._ends.pop(request, None)
                _cut(request)
                return True
        return False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing: what came was no request, and its connection is closed."""


class Endpoint:
    """A cloud served on a listening socket from `__enter__` to `__exit__`; after that nothing answers.

    A request has so many `seconds` from its first byte to the last of its answer, and there are so many `connections`
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
            self._listener.shutdown(socket.SHUT_RDWR)  # which wakes the thread that waits for connections
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
    """An answer as it goes over the line, the last one of its connection."""
    status, headers, body = answer
    return _head(status, headers, close=True) + body


def _head(status: str, headers: list[tuple[str, str]], *, close: bool) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, *(["Connection: close"] if close else []), "", ""]).encode("latin-1")
