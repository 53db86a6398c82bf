"""boto3 clients of the trusted side: they call the cloud in this process, without a socket and without a trail."""

import io
from collections.abc import Iterator
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore import UNSIGNED
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from drycloud.cloud import engine
from drycloud.cloud.ask import Ask
from drycloud.cloud.operations import describe_call
from drycloud.cloud.rules import respond

# Nobody verifies what these send; moto reads region and service off the signature's scope alone.
_CONFIG = Config(retries={"max_attempts": 1}, parameter_validation=True, signature_version=UNSIGNED)
_SCOPE = "AWS4-HMAC-SHA256 Credential=AKIADRYCLOUDTRUSTED1/20260101/{region}/{service}/aws4_request"


def client(service: str, region: str = engine.DEFAULT_REGION) -> Any:
    """A trusted boto3 client for `service` in `region`, the same one each time; scene and checks use it."""
    return _client(service, region)


@cache
def _client(service: str, region: str) -> Any:
    made = _session().client(service, region_name=region, endpoint_url="http://127.0.0.1", config=_CONFIG)
    made.meta.events.register("before-send", partial(_send, service, region))
    return made


def _send(service: str, region: str, request: Any, **_: Any) -> AWSResponse:
    environ = environ_of(request)
    environ["HTTP_AUTHORIZATION"] = _SCOPE.format(region=region, service=service)
    sent = environ["wsgi.input"].getvalue()
    with engine.LOCK:
        ask = Ask(service, describe_call(service, environ, sent)[0], region, environ, sent)
        ask.trusted = True
        status, headers, body = respond(ask)
    return AWSResponse(request.url, int(status[:3]), dict(headers), _Raw(b"" if request.method == "HEAD" else body))


class _Raw(io.BytesIO):
    """A response body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


@cache
def _session() -> boto3.Session:
    """One session per process: botocore's service models are read once."""
    core = botocore.session.get_session()
    return boto3.Session(botocore_session=core, region_name=engine.DEFAULT_REGION)


def environ_of(request: Any) -> dict[str, Any]:
    """A botocore request as a WSGI application reads it."""
    url = urlsplit(request.url)
    body = request.body or b""
    data = body.read() if hasattr(body, "read") else body.encode() if isinstance(body, str) else bytes(body)
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _unquoted(url.path),
        "QUERY_STRING": url.query,
        "RAW_URI": f"{url.path}?{url.query}" if url.query else url.path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(data),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = text
    environ["CONTENT_LENGTH"] = str(len(data))
    return environ


def _unquoted(path: str) -> str:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")
