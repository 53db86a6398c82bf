"""The registry of rules, and the only way for a request through them."""

import logging
import re
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from drycloud.cloud.moto.bridge import call_moto
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.errors import error_answer

Answer = tuple[str, list[tuple[str, str]], bytes]
Before = Callable[[AwsRequest], Answer | None]
After = Callable[[AwsRequest, Answer], Answer | None]

_BEFORE: dict[tuple[str, str], list[Before]] = defaultdict(list)
_AFTER: dict[tuple[str, str], list[After]] = defaultdict(list)
_STATUS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}
_STATUS |= {409: "Conflict", 412: "Precondition Failed", 501: "Not Implemented", 503: "Service Unavailable"}
_MOST_TOLD = 20
_QUOTE = "(?:'|&apos;|&#x27;|&#39;|&quot;)"
_MEMBER = re.compile(f"{_QUOTE}([^'\"&,{{}}\\[\\]]*){_QUOTE}")
_COLLECTION = re.compile(f"{_QUOTE}?[{{\\[]{_MEMBER.pattern}(?:, {_MEMBER.pattern})*[}}\\]]{_QUOTE}?")


class _Sparing(logging.Filter):
    """Logs each failure once, with a limit for all, and the content of requests as plain ASCII: a student wrote it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is logged."""
        text = ascii(record.getMessage())[1:-1]
        if text in self.told or len(self.told) >= _MOST_TOLD:
            return False
        self.told.add(text)
        record.msg, record.args = text, ()
        return True


_log = logging.getLogger("drycloud.cloud")
_log.addFilter(_Sparing())


def before(service: str, *operations: str) -> Callable[[Before], Before]:
    """Register a rule that runs before moto; "*" means every operation of the service."""

    def register(rule: Before) -> Before:
        for operation in operations:
            _BEFORE[service, operation].append(rule)
        return rule

    return register


def after(service: str, *operations: str) -> Callable[[After], After]:
    """Register a rule that sees moto's answer, unless it is an error."""

    def register(rule: After) -> After:
        for operation in operations:
            _AFTER[service, operation].append(rule)
        return rule

    return register


def respond(request: AwsRequest) -> Answer:
    """AWS's answer to a request: rules, moto, rules. The caller holds the engine's lock."""
    try:
        for rule in (*_BEFORE[request.service, "*"], *_BEFORE[request.service, request.operation]):
            done = rule(request)
            if done is not None:
                return done
        answer = call_moto(
            request.service, request.environ_for_moto(), None if request.service == "s3" else request.form
        )
        if answer[0].startswith("5") or _is_html_error(answer):
            return _unknown(request, answer)
        if answer[0].startswith("2"):
            for mend in (*_AFTER[request.service, request.operation], *_AFTER[request.service, "*"]):
                answer = mend(request, answer) or answer
        elif request.service == "ec2":
            answer = edited(answer, "<Message>(.*?)</Message>", lambda found: _as_a_list(request, found[0]))
        return answer
    except AwsError as error:
        return refusal(request.service, error)
    except Exception as error:  # of moto, which its application does not catch, or of a rule
        return refusal(request.service, unknown(request, error))


def respond_within(request: AwsRequest, operation: str, form: dict[str, str]) -> Answer:
    """The answer to another EC2 request, of the same region, that is part of this one."""
    words = {"Action": operation, "Version": request.form.get("Version", "2016-11-15"), **form}
    part = AwsRequest("ec2", operation, request.region, dict(request.environ), urlencode(words).encode())
    part.value("Action")  # moto must read the form, not the first request's query
    return respond(part)


def refusal(service: str, error: AwsError) -> Answer:
    """An AwsError in the format of the service."""
    status = f"{error.status} {_STATUS.get(error.status, 'Error')}"
    elements = {name: escape(value) for name, value in error.elements.items()}
    status, headers, body = error_answer(service, status, error.code, escape(error.message), **elements)
    return status, [*headers, *error.headers.items()], body


def xml(body: str) -> Answer:
    """A successful answer of ours."""
    return "200 OK", [("Content-Type", "text/xml")], f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def document(name: str, body: str) -> Answer:
    """A successful answer of ours for S3: a document with that name."""
    text = f'<{name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{body}</{name}>'
    return "200 OK", [("Content-Type", "application/xml")], f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def edited(answer: Answer, pattern: str, by: str | Callable[[re.Match[str]], str]) -> Answer:
    """The answer with its text edited by a regular expression."""
    text = re.sub(pattern, by, answer[2].decode("utf-8", "replace"), flags=re.DOTALL)
    headers = [(name, value) for name, value in answer[1] if name.lower() != "content-length"]
    return answer[0], headers, text.encode()


def _as_a_list(request: AwsRequest, message: str) -> str:
    """A message without Python's sets and lists: their members are listed as by AWS, in the order of the request."""
    order = {value: place for place, value in reversed(list(enumerate(request.form.values())))}

    def listed(found: re.Match[str]) -> str:
        names = _MEMBER.findall(found[0])
        told = ", ".join(sorted(dict.fromkeys(names), key=lambda name: order.get(name, len(order))))
        return f"'{told}'"

    return _COLLECTION.sub(listed, message)


def _is_html_error(answer: Answer) -> bool:
    return answer[0].startswith("4") and answer[2][:100].lower().lstrip().startswith((b"<!doctype html", b"<html"))


def _unknown(request: AwsRequest, answer: Answer) -> Answer:
    """moto failed: an AWS error that says so, and a line in the log for the instructor."""
    if b"<Code>" in answer[2]:
        return answer
    return refusal(request.service, unknown(request))


def unknown(request: AwsRequest, error: Exception | None = None) -> AwsError:
    """The answer to an unsupported request, marked as the simulator's error, and logged for the instructor."""
    why = "" if error is None else f" ({type(error).__name__}: {error})"
    _log.warning("The simulator cannot answer %s %s%.200s", request.service, request.operation, why)
    message = f"This simulator does not know this form of {request.operation}. It is not an error of AWS."
    return AwsError("NotImplemented", message, 501)
