"""The endpoint that a student's code talks to: AWS calls and nothing else, each one recorded."""

import contextlib
import io
import logging
import re
import threading
import time
from collections.abc import Generator, Iterable
from typing import Any
from urllib.parse import quote

from msgspec import structs
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_input_stream

from drycloud.cloud import clock, upstream
from drycloud.cloud.account.trail import TracedCall, states_in, states_of
from drycloud.cloud.http.absent import meant, no_such_service, refusal_for
from drycloud.cloud.http.forms import answered, as_put, is_form
from drycloud.cloud.http.meter import Bounds, Meter
from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.chunks import unpacked
from drycloud.cloud.request.fields import check_form, check_query
from drycloud.cloud.request.operations import describe_call, form_text, name_call
from drycloud.cloud.request.signature import Caller, addressed, verified
from drycloud.cloud.rules import refusal, respond
from drycloud.cloud.rules.s3.access import copy_source

_log = logging.getLogger("drycloud.cloud")
_CODE = re.compile(rb"<Code>([\w.]{1,100})</Code>")
_STS_OPERATIONS = ("GetCallerIdentity",)  # AssumeRole would lead into another account
_COPIES = ("CopyObject", "UploadPartCopy")
_STEP = 64 * 1024
_FIELD = 256  # most bytes of a form's field in the trail, besides its name and value
_PATIENCE, _PAUSE = 100, 0.2  # of refused calls after a run's end those after the first 100 wait
_LAST_CALL, _LAST_CALL_PROCESSOR = 60.0, 20.0  # seconds that a call may take once the run is over
_IDLE = 2.0  # seconds of processor time, of processor time: a call that uses less is stuck, even on a very slow machine
_LOOK = 0.2  # seconds between two checks of these
_BODILESS = ("204", "304")
LARGEST_BODY = 16 * 1024**2  # bytes of one request, unless stated otherwise

Answer = tuple[str, list[tuple[str, str]], bytes]

# The answer of each service in a region that is not enabled: code, HTTP status and message.
_NOT_OPEN = {
    "ec2": ("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
    "sts": ("InvalidClientTokenId", 403, "The security token included in the request is invalid"),
}


class Cloud:
    """One simulated account as a WSGI application, with admission control before it and the trail after it.

    Every change is made while holding the engine's lock, so that a check and the change that it allows are one step.
    When `close` returns, no call is running, unless it is `held`. `bounds` are the limits for all requests together,
    each of which may have a body of `max_body` bytes. The trail contains every call that was answered.
    """

    def __init__(self, services: Iterable[str], bounds: Bounds | None = None, *, max_body: int = LARGEST_BODY):
        upstream.apply()  # no cloud without the patches, for any caller
        self.services, self.max_body = frozenset(services), max_body
        self.trail: list[TracedCall] = []
        self.meter = Meter(bounds or Bounds())
        self.held: bool | None = None
        self._closed = threading.Event()
        self._started = clock.monotonic()

    def start_clock(self, *, by_calls: bool = False) -> None:
        """Start the trail's time at 0, with an empty trail; `by_calls` is passed to `clock.start`."""
        clock.start(by_calls=by_calls)
        self._started, self.trail = clock.monotonic(), []
        self.meter.start()

    @property
    def seconds(self) -> float:
        """The current time of the trail."""
        return round(clock.monotonic() - self._started, 3)

    def close(self) -> None:
        """Refuse all further calls; returns when the running call has ended, or has used its time.

        All calls that wait for the lock are then refused.
        `held` is None if no call is running, else whether the running call uses processor time.
        """
        self._closed.set()
        end, start = time.monotonic() + _LAST_CALL, time.process_time()
        while not engine.LOCK.acquire(timeout=_LOOK):
            used = time.process_time() - start
            if used > _LAST_CALL_PROCESSOR or time.monotonic() > end:
                self.held = used > _IDLE
                return
        engine.LOCK.release()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request of untrusted code, as a WSGI application does."""
        status, headers, body = self.answer(environ)
        start_response(status, headers)
        return body

    def answer(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], Generator[bytes, None, None]]:
        """The answer to one request of untrusted code; its body counts as being sent until it is closed."""
        head = environ.get("REQUEST_METHOD") == "HEAD"
        status, headers, body = self._answer(environ)
        clock.answered()
        if not self.meter.may_leave(len(body)):
            status, headers, body = refusal("s3", AwsError("SlowDown", "Please reduce your request rate.", 503))
            self.meter.may_leave(len(body), always=True)
        told = [(_one_line(name), _one_line(value)) for name, value in _with_length(status, headers, body, head)]
        return status, told, self._leave(body, head=head)

    def _answer(self, environ: dict[str, Any]) -> Answer:
        caller, body = Caller("s3", "us-east-1"), b""
        clock.hear(environ)
        try:
            _take_host_away(environ)
            caller = addressed(environ)
            body = self._read(environ)
            caller = structs.replace(caller, service=meant(environ, caller, body))
            if caller.service != "s3":
                self.meter.take(_FIELD * (1 + form_text(environ, body).count("&")))
            self._admit(environ, caller, body)
            if is_form(environ) and not caller.key:
                caller, body = as_put(environ, body)
            body = unpacked(environ, body)
            return self._asked(environ, caller, body)
        except AwsError as error:
            refused = error
        except MemoryError:  # this process has the run's limit, which is reached
            refused = self.meter.run_out()
        except Exception as error:  # an unexpected error; otherwise Python's own error page would be sent
            _log.warning("The simulator failed at a request (%s: %.200s)", type(error).__name__, error)
            refused = AwsError(
                "InternalError", "This simulator failed at this request. It is not an error of AWS.", 500
            )
        known = caller.service in self.services
        operation, parameters = (describe_call if known else name_call)(caller.service, environ, body)
        answer = refusal(caller.service, refused) if known else refusal_for(environ, caller.service, refused)
        if self.meter.is_over:  # no call is executed any more: it would only fill our memory
            parameters = {}
            if self.meter.refused > _PATIENCE:
                self._closed.wait(_PAUSE)  # nor may who goes on asking take the processor from others
        call = TracedCall(0.0, caller.service, operation, caller.region, parameters, refused.code)
        with engine.LOCK:
            if not self._closed.is_set():
                self._write_down(call, answer)
        return answer

    def _asked(self, environ: dict[str, Any], caller: Caller, body: bytes) -> Answer:
        """The answer to an admitted request."""
        _make_plain(environ, body)
        operation, parameters = describe_call(caller.service, environ, body)
        with engine.LOCK:
            self._require_open()
            self.meter.require_room()
            request = AwsRequest(caller.service, operation, caller.region, dict(environ), body)
            request.anonymous, request.signed_region = not caller.key, caller.signed_region
            if caller.service == "s3" and operation in _COPIES:
                self.meter.take(_size_of_source(request))
            states = states_of(request)
            answer = answered(environ, respond(request))
            call = TracedCall(0.0, caller.service, operation, caller.region, parameters, states_before=states)
            self._write_down(call, answer)
            return answer

    def _read(self, environ: dict[str, Any]) -> bytes:
        """The body, read to at most one byte over the limit; raises the AwsError for one that does not arrive."""
        self._require_open()
        self.meter.arrive()
        self.meter.take(sum(len(name) + len(text) for name, text in environ.items() if isinstance(text, str)))
        stream, parts, left = get_input_stream(environ, max_content_length=None), [], self.max_body + 1
        try:
            while left and (part := stream.read(min(_STEP, left))):
                self._require_open()
                self.meter.take(len(part))
                parts.append(part)
                left -= len(part)
        except (OSError, ValueError, HTTPException):
            words = "You did not provide the number of bytes specified by the Content-Length HTTP header."
            raise AwsError("IncompleteBody", words) from None
        return b"".join(parts)

    def _require_open(self) -> None:
        if self._closed.is_set():
            raise AwsError("Unavailable", "The run is over.", 503)

    def _leave(self, body: bytes, *, head: bool) -> Generator[bytes, None, None]:
        try:
            yield b"" if head else body
        finally:
            self.meter.left(len(body))

    def _admit(self, environ: dict[str, Any], caller: Caller, body: bytes) -> None:
        """Raise the AwsError for a request that must not reach moto."""
        service = caller.service
        if service not in self.services:
            raise no_such_service(service, self.services)
        if len(body) > self.max_body:
            raise AwsError("EntityTooLarge", f"At most {self.max_body // 1024**2} MiB in one request.")
        if service != "s3" and caller.region not in engine.REGIONS:
            code, status, words = _NOT_OPEN.get(caller.service, _NOT_OPEN["ec2"])
            there = "is not open to this account" if caller.region in engine.known_regions() else "does not exist"
            raise AwsError(code, f"{words}: the region '{caller.region}' {there}.", status)
        if service == "s3" and caller.region not in engine.known_regions():  # another partition, with its own account
            words = f"The authorization header is malformed; the region '{caller.region}' is wrong"
            raise AwsError("AuthorizationHeaderMalformed", words)
        if service != "s3" and environ.get("PATH_INFO", "/") != "/":
            raise AwsError("InvalidAction", "There is nothing at this path.", 404)
        verified(environ, body)
        operation = describe_call(service, environ, body)[0] if service != "s3" else ""
        if operation == "Unknown":  # moto might read it in another way
            raise AwsError("InvalidAction", "The request names no action, or cannot be read.")
        if service == "ec2":
            check_form(operation, form_text(environ, body))
        if service == "s3":
            check_query(str(environ.get("QUERY_STRING", "")))
        if service == "sts" and operation not in _STS_OPERATIONS:
            raise AwsError("AccessDenied", f"{operation} is not part of this course.", 403)

    def _write_down(self, call: TracedCall, answer: Answer) -> None:
        """Add a call to the trail, as of now; its error is the one that it has, or that was answered.

        The caller has the lock.
        """
        status, _, content = answer
        found = _CODE.search(content) if not status.startswith(("2", "3")) else None
        failed = None if status.startswith(("2", "3")) else call.error or (found[1].decode() if found else status[:3])
        told = states_in(content) if call.service == "ec2" and failed is None else {}
        self.trail.append(structs.replace(call, at=self.seconds, error=failed, states_told=told))


def _take_host_away(environ: dict[str, Any]) -> None:
    """Keep only the path of an absolute URL, which is all that moto reads, so that rules see the same bucket."""
    path, _, query = str(environ.get("RAW_URI", "/")).partition("?")
    if not path.startswith("/"):
        environ["RAW_URI"] = quote(environ["PATH_INFO"].encode("latin-1")) + (f"?{query}" if query else "")


def _size_of_source(request: AwsRequest) -> int:
    """The number of bytes that a copy copies; 0 if there is no source."""
    with contextlib.suppress(AwsError):
        name, key, version = copy_source(request)
        found = request.s3.get_object(name, key, version_id=version) if name in request.s3.buckets else None
        return int(getattr(found, "size", 0))
    return 0


def _with_length(status: str, headers: list[tuple[str, str]], body: bytes, head: bool) -> list[tuple[str, str]]:
    """The headers with the body's length, if there is a body and moto has not set it."""
    if head or status[:3] in _BODILESS or any(name.lower() == "content-length" for name, _ in headers):
        return headers
    return [*headers, ("Content-Length", str(len(body)))]


def _one_line(value: str) -> str:
    """A header's name or value, safe to send: without line ends, other characters as bytes of UTF-8."""
    plain = str(value).replace("\r", " ").replace("\n", " ")
    return plain if plain.isascii() or max(plain) <= "\xff" else plain.encode().decode("latin-1")


def _make_plain(environ: dict[str, Any], body: bytes) -> None:
    """Remove what could lead moto out of the account, and insert the bounded body."""
    environ.pop("HTTP_X_MOTO_ACCOUNT_ID", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["HTTP_HOST"] = "127.0.0.1"  # buckets are addressed by path: the host name is not used
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
