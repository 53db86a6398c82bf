"""boto3 clients of the trusted side: they call the cloud in this process, without a socket and without a trail."""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.endpoint import convert_to_response_dict
from botocore.parsers import ResponseParserFactory

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsRequest
from drycloud.cloud.request.operations import describe_call
from drycloud.cloud.rules import respond

# Nobody verifies these requests; moto reads only region and service from the signature's scope.
_CONFIG = Config(retries={"max_attempts": 1}, parameter_validation=True, signature_version=UNSIGNED)
_SCOPE = "AWS4-HMAC-SHA256 Credential=AKIADRYCLOUDTRUSTED1/20260101/{region}/{service}/aws4_request"


def client(service: str, region: str = engine.DEFAULT_REGION) -> Any:
    """A trusted boto3 client for `service` in `region`, cached; scene and checks use it."""
    return _client(service, region)


@cache
def _client(service: str, region: str) -> Any:
    made = _session().client(service, region_name=region, endpoint_url="http://127.0.0.1", config=_CONFIG)
    made._endpoint.make_request = partial(_ask, service, region)
    made._resolve_endpoint_ruleset = _resolved_once(made._resolve_endpoint_ruleset)
    agent = made._user_agent_creator.to_string()  # which botocore builds again for each call
    made._user_agent_creator = SimpleNamespace(to_string=lambda: agent)
    return made


def _resolved_once(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Cache the endpoint of a call, which depends on operation and bucket; botocore resolves it for each call."""
    known: dict[tuple[str, Any], Any] = {}

    def resolved(operation: Any, parameters: dict[str, Any], *words: Any, **named: Any) -> Any:
        about = operation.name, parameters.get("Bucket")
        if about not in known:
            known[about] = resolve(operation, parameters, *words, **named)
        return known[about]

    return resolved


def _ask(service: str, region: str, operation: Any, wanted: dict[str, Any]) -> tuple[AWSResponse, dict[str, Any]]:
    """The answer, raw and parsed; replaces a botocore client's endpoint, which signs, sends and retries."""
    form = wanted["body"] if isinstance(wanted["body"], dict) else None
    sent = b"" if form else _body_of(wanted["body"])
    headers = {**wanted["headers"], "Authorization": _SCOPE.format(region=region, service=service)}
    environ = _environ(wanted["method"], wanted["url"], headers, sent)
    with engine.LOCK:
        name = operation.name if form else describe_call(service, environ, sent)[0]
        request = AwsRequest(service, name, region, environ, sent)
        request.trusted = True
        if form:
            request.form = {field: str(value) for field, value in form.items()}
        status, told, body = respond(request)
    raw = _Raw(b"" if wanted["method"] == "HEAD" else body)
    answer = AWSResponse(wanted["url"], int(status[:3]), HeadersDict(told), raw)
    parser = _parser(operation.service_model.resolved_protocol)
    return answer, parser.parse(convert_to_response_dict(answer, operation), operation.output_shape)


@cache
def _parser(protocol: str) -> Any:
    return ResponseParserFactory().create_parser(protocol)


def _body_of(body: Any) -> bytes:
    """The bytes of a body: of a form's fields, a text, bytes or a file."""
    if isinstance(body, dict):
        return urlencode(body, doseq=True).encode()
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body or b"")


class _Raw(io.BytesIO):
    """A response body in the form that botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


@cache
def _session() -> boto3.Session:
    """One session per process: botocore's service models are read once."""
    core = botocore.session.get_session()
    return boto3.Session(botocore_session=core, region_name=engine.DEFAULT_REGION)


def environ_of(request: Any) -> dict[str, Any]:
    """The WSGI environ of a botocore request."""
    return _environ(request.method, request.url, request.headers, _body_of(request.body))


def _environ(method: str, address: str, headers: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    url = urlsplit(address)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
        "QUERY_STRING": url.query,
        "RAW_URI": f"{url.path}?{url.query}" if url.query else url.path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = text
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ
