"""The endpoint that a student's code talks to: AWS calls and nothing else, each one written down."""

import io
import re
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.wsgi import get_input_stream

from drycloud.cloud import engine
from drycloud.cloud.ask import Ask
from drycloud.cloud.operations import describe_call
from drycloud.cloud.request import Target, error_answer, target_of
from drycloud.cloud.rules import respond
from drycloud.report import Call

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
        status, headers, body = self._answer(environ)
        start_response(status, headers)
        return [b"" if environ.get("REQUEST_METHOD") == "HEAD" else body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        target = target_of(environ)
        if target is None:
            return error_answer("s3", "403 Forbidden", "AccessDenied", "This request is not signed.")
        body = get_input_stream(environ, max_content_length=None).read(self.max_body + 1)
        refusal = self._refuse(environ, target, body)
        if refusal is not None:
            return self._written_down(environ, target, body, refusal)
        _make_plain(environ, body)
        with engine.LOCK:
            if self._closed:
                return error_answer(target.service, "503 Service Unavailable", "Unavailable", "The run is over.")
            operation = describe_call(target.service, environ, body)[0]
            answer = respond(Ask(target.service, operation, target.region, dict(environ), body))
            return self._written_down(environ, target, body, answer)

    def _refuse(self, environ: dict[str, Any], target: Target, body: bytes) -> Answer | None:
        """The error for a request that must not reach moto, or None."""
        self.requests += 1
        service, path = target.service, environ.get("PATH_INFO", "/")
        if service not in self.services:
            message = f"This simulated cloud has no service '{service}'; it has {', '.join(sorted(self.services))}."
            return error_answer(service, "400 Bad Request", "UnsupportedService", message)
        if self.requests > self.max_requests:
            return error_answer(service, "503 Slow Down", "RequestLimitExceeded", "Too many requests in one run.")
        if len(body) > self.max_body:
            message = f"At most {self.max_body // 1024**2} MiB in one request."
            return error_answer(service, "400 Bad Request", "EntityTooLarge", message)
        if target.region not in engine.known_regions():
            return error_answer(service, "401 Unauthorized", "AuthFailure", "There is no such region.")
        if service != "s3" and path != "/":
            return error_answer(service, "404 Not Found", "InvalidAction", "There is nothing at this path.")
        operation = describe_call(service, environ, body)[0]
        if service == "sts" and operation not in _STS_OPERATIONS:
            return error_answer(service, "403 Forbidden", "AccessDenied", f"{operation} is not part of this course.")
        return None

    def _written_down(self, environ: dict[str, Any], target: Target, body: bytes, answer: Answer) -> Answer:
        """Add the call to the trail; a failure of moto itself becomes an AWS-shaped error."""
        status, _, content = answer
        found = _CODE.search(content) if not status.startswith(("2", "3")) else None
        failed = None if status.startswith(("2", "3")) else found[1].decode() if found else status[:3]
        if len(self.trail) < _MAX_TRAIL:
            operation, parameters = describe_call(target.service, environ, body)
            at = round(time.monotonic() - self._started, 3)
            self.trail.append(Call(at, target.service, operation, target.region, parameters, failed))
        return answer


def _make_plain(environ: dict[str, Any], body: bytes) -> None:
    """Take out what could lead moto elsewhere than the account, and put the bounded body in."""
    environ.pop("HTTP_X_MOTO_ACCOUNT_ID", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["HTTP_HOST"] = "127.0.0.1"  # buckets are addressed by path: a host name decides nothing here
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
