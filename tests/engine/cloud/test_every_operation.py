"""Whatever is asked, and however badly: the answer has AWS's shape, with an error that AWS knows or that is marked."""

import contextlib
import http.client
import socket
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from changing_calls import quiet_cloud
from every_operation import complaint, minimal, operations
from patience import PATIENCE

from drycloud.cloud.clients.boto import client
from drycloud.cloud.http.app import Cloud
from drycloud.cloud.http.meter import Bounds
from drycloud.cloud.http.serve import Endpoint
from drycloud.cloud.warm import warm_up
from drycloud.lab.settings import environment

pytestmark = pytest.mark.slow

BODIES = (b"", b"<nonsense/>", b"<<<", b"\xff\x00\xfe", b"{}", b"a=b&c=d", b"<a>" * 100)
WORDS = ("", "zzz", "-1", "99999999999999999999", "\u00e9 \u20ac", "<&>'\"", "null")


class Asker:
    """A boto3 client that changes what it sends on request, and keeps the answers as they came."""

    def __init__(self, service: str, port: int):
        self.port, known = port, environment(port)
        self.client: Any = boto3.client(
            service,
            region_name="us-east-1",
            endpoint_url=f"http://127.0.0.1:{port}",
            aws_access_key_id=known["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=known["AWS_SECRET_ACCESS_KEY"],
            config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
        )
        self.change: Any = None
        self.answers: list[tuple[str, int, bytes]] = []
        self.client.meta.events.register(f"before-sign.{service}", self._before_sign)
        self.client.meta.events.register(f"before-parse.{service}", self._before_parse)

    def _before_sign(self, request: Any, **_: Any) -> None:
        if self.change is not None:
            self.change(request)

    def _before_parse(self, response_dict: Any, operation_model: Any, **_: Any) -> None:
        self.answers.append((operation_model.name, response_dict["status_code"], response_dict["body"]))

    def ask(self, method: str, words: dict[str, Any], change: Any = None) -> list[str]:
        """Ask, and say what is wrong with the shape of the answers."""
        self.change, self.answers = change, []
        with contextlib.suppress(ClientError, BotoCoreError, ResponseParserError):  # the answer itself is looked at
            getattr(self.client, method)(**words)
        found = [(name, complaint(status, body, head=name.startswith("Head"))) for name, status, body in self.answers]
        return [f"{name}: {told}" for name, told in found if told]


def ensure_state() -> None:
    """A bucket and an object in it, whatever was done before."""
    s3 = client("s3")
    s3.create_bucket(Bucket="there")
    s3.put_object(Bucket="there", Key="key", Body=b"text")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    warm_up(["ec2", "s3"])
    listener = socket.create_server(("127.0.0.1", 0))
    with quiet_cloud(), Endpoint(Cloud(["ec2", "s3"], Bounds(10**6)), listener):
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def asker(port: int) -> Asker:
    return Asker("s3", port)


@pytest.fixture(scope="module")
def ec2_asker(port: int) -> Asker:
    return Asker("ec2", port)


METHODS = sorted(operations(boto3.client("s3", region_name="us-east-1")).items())
EC2_METHODS = sorted(operations(boto3.client("ec2", region_name="us-east-1")).items())


@pytest.mark.parametrize(("method", "operation"), METHODS, ids=[operation for _, operation in METHODS])
def test_every_operation_is_answered_as_aws_does(asker: Asker, method: str, operation: str) -> None:
    """With the least that it needs, with bodies and words that are none, and for what is not there."""
    words = minimal(asker.client, operation)
    wrong: list[str] = []
    for other in ({}, {"Bucket": "not-there"}, {"Key": "not-there"}):
        ensure_state()
        wrong += asker.ask(method, words | {name: text for name, text in other.items() if name in words})
    for change in [*map(with_body, BODIES), *map(with_words, WORDS)]:
        ensure_state()
        wrong += asker.ask(method, words, change)
    assert not wrong, wrong[0]


@pytest.mark.parametrize(("method", "operation"), EC2_METHODS, ids=[operation for _, operation in EC2_METHODS])
def test_every_ec2_operation_is_answered_as_aws_does(ec2_asker: Asker, method: str, operation: str) -> None:
    """With the least that it needs; where that is known here, with nothing at all and with nonsense too."""
    words = minimal(ec2_asker.client, operation)
    wrong = ec2_asker.ask(method, words)
    if ec2_asker.answers[0][1] != HTTPStatus.NOT_IMPLEMENTED:
        for change in [without_values, *map(with_values, WORDS)]:
            wrong += ec2_asker.ask(method, words, change)
    assert not wrong, wrong[0]


def with_body(body: bytes) -> Any:
    """The body is this one, and no digest says otherwise."""

    def change(request: Any) -> None:
        digests = ("x-amz-checksum", "content-md5", "x-amz-sdk")
        for name in [name for name in request.headers if name.lower().startswith(digests)]:
            del request.headers[name]
        request.data = body

    return change


def with_words(word: str) -> Any:
    """Every value in the query, and every header of Amazon's own but those of the signature, is this word."""

    def change(request: Any) -> None:
        url = urlsplit(request.url)
        query = urlencode(dict.fromkeys(dict(parse_qsl(url.query, keep_blank_values=True)), word))
        request.url = url._replace(query=query).geturl()
        for name in [name for name in request.headers if name.lower().startswith("x-amz-")]:
            del request.headers[name]
            request.headers[name] = word.encode("ascii", "replace").decode()

    return change


def without_values(request: Any) -> None:
    """Nothing but the operation's name and version is sent."""
    request.data = {name: request.data[name] for name in ("Action", "Version")}


def with_values(word: str) -> Any:
    """Every value in the form, but for the operation's name and version, is this word."""

    def change(request: Any) -> None:
        request.data = {
            name: word if name not in ("Action", "Version") else text for name, text in request.data.items()
        }

    return change


def form(**fields: str) -> bytes:
    """A form of these fields, as a browser sends it."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    return "".join([*parts, "--x--\r\n"]).encode()


FORM = "multipart/form-data; boundary=x"
SCOPE = "AKIADRYCLOUDSTUDENT1/20260101/us-east-1/s3/aws4_request"
REQUESTS: list[tuple[str, str, dict[str, str], bytes]] = [
    *[(method, "/there/key", {}, b"") for method in ("PATCH", "OPTIONS", "TRACE", "POST", "NONSENSE", "HEAD")],
    *[(method, "/there", {}, b"") for method in ("PATCH", "OPTIONS", "POST", "PUT", "DELETE")],
    *[(method, "/", {}, b"") for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD")],
    *[
        ("GET", path, {}, b"")
        for path in ("//", "///there/key", "/..", "/there/../key", "/%00", "/%ff/%fe", "/there/%ff", "*")
    ],
    *[
        ("GET", f"/there/key?{query}", {}, b"")
        for query in ("&&&", "=", "%ff=%fe", "a=1&a=2", "x" * 9000, "acl&tagging")
    ],
    *[
        ("GET", "/there/key", {"Authorization": text}, b"")
        for text in (
            "",
            "AWS",
            "AWS a:b",
            "AWS AKIADRYCLOUDSTUDENT1:x",
            "AWS4-HMAC-SHA256",
            "AWS4-HMAC-SHA256 Credential=/////, SignedHeaders=, Signature=",
            f"AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host, Signature={'0' * 64}",
            "Basic dXNlcjpwYXNz",
            "Bearer x",
            "x" * 9000,
        )
    ],
    ("GET", f"/there/key?X-Amz-Credential={SCOPE}", {}, b""),
    ("GET", f"/there/key?X-Amz-Credential={SCOPE}&X-Amz-Signature=%C3%A9", {}, b""),
    ("GET", "/there/key?AWSAccessKeyId=AKIADRYCLOUDSTUDENT1&Signature=%C3%A9&Expires=99999999999", {}, b""),
    ("GET", "/there/key?AWSAccessKeyId=x&Signature=&Expires=", {}, b""),
    *[
        ("POST", "/there", {"Content-Type": FORM}, body)
        for body in (b"", b"--x", b"--x--", b"--x\r\n\r\n--x--", b"\xff" * 100)
    ],
    *[
        ("POST", "/there", {"Content-Type": FORM}, form(**fields))
        for fields in (
            {"key": "a"},
            {"key": "a", "file": "text"},
            {"file": "text"},
            {"key": "a", "policy": "e30=", "file": "text"},
            {
                "key": "a",
                "policy": "e30=",
                "AWSAccessKeyId": "AKIADRYCLOUDSTUDENT1",
                "signature": "\u00e9",
                "file": "x",
            },
            {"key": "a", "policy": "!", "x-amz-credential": SCOPE, "x-amz-signature": "\u00e9", "file": "x"},
        )
    ],
    *[
        ("PUT", "/there/key", {"x-amz-content-sha256": kind}, body)
        for kind in ("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-X")
        for body in (b"", b"4\r\ntext", b"zz\r\n", b"ffffffff\r\n", b"0\r\nx-amz-checksum-crc32:x\r\n\r\n")
    ],
]


@pytest.mark.parametrize("request_", REQUESTS, ids=[f"{r[0]} {r[1][:40]} {n}" for n, r in enumerate(REQUESTS)])
def test_odd_requests_are_answered_as_aws_does(asker: Asker, request_: tuple[str, str, dict[str, str], bytes]) -> None:
    """Whatever comes over the wire that no SDK would send."""
    ensure_state()
    method, path, headers, body = request_
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", asker.port, timeout=PATIENCE)) as connection:
        connection.putrequest(method, path.encode().decode("latin-1"), skip_accept_encoding=True)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        assert complaint(answer.status, answer.read(), head=method == "HEAD") == ""
