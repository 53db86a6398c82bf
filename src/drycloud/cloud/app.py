"""The endpoint that a student's code talks to: AWS calls and nothing else, each one written down."""

import io
import logging
import re
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.wsgi import get_input_stream

from drycloud.cloud import engine
from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.chunks import unpacked
from drycloud.cloud.forms import answered, as_put, is_form
from drycloud.cloud.operations import describe_call
from drycloud.cloud.rules import refusal, respond
from drycloud.cloud.signature import Caller, addressed, verified
from drycloud.report import Call

_log = logging.getLogger("drycloud.cloud")
_CODE = re.compile(rb"<Code>([\w.]{1,100})</Code>")
_STS_OPERATIONS = ("GetCallerIdentity",)  # AssumeRole would lead into another account
_MAX_TRAIL = 2000

Answer = tuple[str, list[tuple[str, str]], bytes]


class Cloud:
    """One simulated account as a WSGI application, with the guard in front and the trail behind.

    The engine's lock is held around every change, so that a check and the change that it allows are one step,
    and `close` returns only when no call is under way.
    """

    def __init__(self, services: Iterable[str], *, max_requests: int = 20_000, max_body: int = 16 * 1024**2):
        self.services = frozenset(services)
        self.max_requests, self.max_body = max_requests, max_body
        self.trail: list[Call] = []
        self.requests = 0
        self._closed = False
        self._started = time.monotonic()

    def start_clock(self) -> None:
        """Count the trail's time from here, with an empty trail."""
        self._started, self.trail, self.requests = time.monotonic(), [], 0

    def close(self) -> None:
        """Let nothing in any more; returns when the call under way has ended."""
        with engine.LOCK:
            self._closed = True

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request of untrusted code."""
        try:
            status, headers, body = self._answer(environ)
        except Exception as error:
            _log.warning("The simulator failed at a request (%s: %.200s)", type(error).__name__, error)
            words = "This simulator failed at this request. It is not an error of AWS."
            status, headers, body = refusal("s3", AwsError("InternalError", words, 500))
        start_response(status, headers)
        return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        try:
            caller = addressed(environ)
        except AwsError as error:
            return refusal("s3", error)
        body = get_input_stream(environ, max_content_length=None).read(self.max_body + 1)
        try:
            self._admit(environ, caller, body)
            if is_form(environ) and not caller.key:
                caller, body = as_put(environ, body)
            body = unpacked(environ, body)
        except AwsError as error:
            told = describe_call(caller.service, environ, body)
            return self._written_down(caller, *told, refusal(caller.service, error))
        _make_plain(environ, body)
        operation, parameters = describe_call(caller.service, environ, body)
        with engine.LOCK:
            if self._closed:
                return refusal(caller.service, AwsError("Unavailable", "The run is over.", 503))
            ask = Ask(caller.service, operation, caller.region, dict(environ), body)
            ask.anonymous, ask.signed_region = not caller.key, caller.signed_region
            return self._written_down(caller, operation, parameters, answered(environ, respond(ask)))

    def _admit(self, environ: dict[str, Any], caller: Caller, body: bytes) -> None:
        """Raise the AwsError for a request that must not reach moto."""
        self.requests += 1
        service = caller.service
        if service not in self.services:
            known = ", ".join(sorted(self.services))
            raise AwsError("UnsupportedService", f"This simulated cloud has no service '{service}'; it has {known}.")
        if self.requests > self.max_requests:
            raise AwsError("RequestLimitExceeded", "Too many requests in one run.", 503)
        if len(body) > self.max_body:
            raise AwsError("EntityTooLarge", f"At most {self.max_body // 1024**2} MiB in one request.")
        if service != "s3" and caller.region not in engine.known_regions():
            raise AwsError("AuthFailure", "There is no such region.", 401)
        if service != "s3" and environ.get("PATH_INFO", "/") != "/":
            raise AwsError("InvalidAction", "There is nothing at this path.", 404)
        verified(environ, body)
        if service == "sts" and (operation := describe_call(service, environ, body)[0]) not in _STS_OPERATIONS:
            raise AwsError("AccessDenied", f"{operation} is not part of this course.", 403)

    def _written_down(self, caller: Caller, operation: str, parameters: dict[str, Any], answer: Answer) -> Answer:
        """Add the call to the trail; a failure of moto itself becomes an AWS-shaped error."""
        status, _, content = answer
        found = _CODE.search(content) if not status.startswith(("2", "3")) else None
        failed = None if status.startswith(("2", "3")) else found[1].decode() if found else status[:3]
        if len(self.trail) < _MAX_TRAIL:
            at = round(time.monotonic() - self._started, 3)
            self.trail.append(Call(at, caller.service, operation, caller.region, parameters, failed))
        return answer


def _make_plain(environ: dict[str, Any], body: bytes) -> None:
    """Take out what could lead moto elsewhere than the account, and put the bounded body in."""
    environ.pop("HTTP_X_MOTO_ACCOUNT_ID", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["HTTP_HOST"] = "127.0.0.1"  # buckets are addressed by path: a host name decides nothing here
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
