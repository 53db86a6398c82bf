"""The endpoint against what no client sends: an answer in AWS's shape or a closed connection, and it goes on."""

import contextlib
import http.client
import select
import socket
from pathlib import Path

import machine
import pytest
import small_class
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import PATIENCE
from served_endpoint import Served, signed

from drycloud.cloud.request.keys import STUDENT_KEY
from drycloud.report import from_json

NEVER = (b"<html", b"<!doctype", b"traceback", b"werkzeug", b"python", b"flask", b"keyerror", b"typeerror", b" at 0x")
MIB = 1024**2


def assert_answer(answer: bytes) -> None:
    """It is in AWS's shape, or there is none."""
    if not answer:
        return
    head, _, body = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 "), answer[:200]
    assert not [word for word in NEVER if word in answer.lower()], answer[:500]
    if head[9:10] in b"45" and body:
        assert b"<Code>" in body, answer[:500]
        assert b"<Message>" in body


def assert_goes_on(served: Served) -> None:
    """It still answers an honest, signed call."""
    assert served.process.poll() is None
    assert served.client("sts").get_caller_identity()["Account"]


# --- made up by hypothesis --------------------------------------------------------------------------------------------

METHODS = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "", "G T", "É"]
WORDS = [
    "bucket",
    "moto-api",
    "reset",
    "..",
    ".",
    "",
    "%2e%2e",
    "%00",
    "%ff",
    "a b",
    "é",
    "[",
    "]",
    "<x>",
    "'\"",
    "%",
    "²",
]
NAMES = ["acl", "policy", "uploads", "uploadId", "partNumber", "list-type", "prefix", "max-keys", "versionId", "delete"]
NAMES += ["Action", "Version", "Filter.1.Name", "Filter.².Value", "InstanceId.99999999999999999999", "X-Amz-Signature"]
NAMES += ["X-Amz-Credential", "AWSAccessKeyId", "Signature", "Expires", "response-content-type", "continuation-token"]
VALUES = [
    "",
    "1",
    "-1",
    "²",
    "1e9",
    "9" * 5000,
    "\u20ac",
    "a\r\nb: c",
    "DescribeInstances",
    "RunInstances",
    "\0",
    "%zz",
]
HEADERS = ["Authorization", "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Expect", "Connection"]
HEADERS += ["x-amz-date", "x-amz-content-sha256", "x-amz-copy-source", "Range", "Content-MD5", "x-amz-acl", "Upgrade"]
HEADERS += ["x-amz-decoded-content-length", "x-amz-trailer", "If-Modified-Since", "x-amz-meta-a_b", "X-Moto-Account-Id"]
SCOPE = f"AWS4-HMAC-SHA256 Credential={STUDENT_KEY}/20260101/us-east-1/s3/aws4_request"
HEADER_VALUES = [*VALUES, "chunked", "chunked, gzip", "100-continue", "multipart/form-data", "websocket", SCOPE]
HEADER_VALUES += [
    "application/x-www-form-urlencoded",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "UNSIGNED-PAYLOAD",
    "AWS a:b",
]
HEADER_VALUES += [
    "bytes=5-1",
    "/bucket/key",
    "multipart/form-data; boundary=x",
    "text/html",
    f"{SCOPE}, SignedHeaders=host",
]
BODIES = [
    b"",
    b"0\r\n\r\n",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"-1\r\n",
    b"zz\r\n",
    b"<a",
    b"<!DOCTYPE a>",
    b"Action=%ff",
    b"\0" * 99,
]

odd = st.text(st.characters(codec="utf-8"), max_size=12)
words = st.sampled_from(WORDS) | odd
queries = st.lists(st.tuples(st.sampled_from(NAMES) | odd, st.sampled_from(VALUES) | odd), max_size=4)
headers = st.lists(st.tuples(st.sampled_from(HEADERS) | odd, st.sampled_from(HEADER_VALUES) | odd), max_size=5)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """What looks like a request, more or less."""
    prefix = draw(st.sampled_from(["/", "/", "/", "//", "", "http://127.0.0.1/", "http://[/", "*", "http://moto/"]))
    path = prefix + "/".join(draw(st.lists(words, max_size=4)))
    query = "&".join(f"{name}={value}" for name, value in draw(queries))
    version = draw(st.sampled_from(["HTTP/1.1"] * 6 + ["HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "FTP/1.1"]))
    lines = [f"{draw(st.sampled_from(METHODS))} {path}{'?' if query else ''}{query} {version}"]
    lines += [f"{name}: {value}" for name, value in draw(headers)]
    body = draw(st.sampled_from(BODIES) | st.binary(max_size=60))
    if draw(st.booleans()):
        lines.append(f"Content-Length: {len(body) + draw(st.sampled_from([0, 0, 0, -1, 1, 10**9]))}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def bounded(examples: int) -> settings:
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=checks)


@given(requests())
@bounded(250)
def test_whatever_looks_like_a_request(served: Served, request_: bytes) -> None:
    """Methods, paths, queries, headers, lengths and bodies of every kind."""
    assert_answer(served.send(request_))
    assert served.process.poll() is None


@given(st.binary(max_size=300))
@bounded(100)
def test_garbage(served: Served, data: bytes) -> None:
    """Bytes that are no request at all."""
    assert_answer(served.send(data))
    assert served.process.poll() is None


@given(st.sampled_from(["s3", "ec2"]), st.integers(0, 10**6), st.integers(0, 255))
@bounded(200)
def test_an_honest_request_with_one_byte_changed(served: Served, service: str, place: int, byte: int) -> None:
    """In its line, in a header, in its signature, in its body."""
    how = (
        ("PUT", "/bucket/key", b"hello")
        if service == "s3"
        else ("POST", "/", b"Action=DescribeRegions&Version=2016-11-15")
    )
    data = bytearray(signed(served.port, service, *how))
    data[place % len(data)] = byte
    assert_answer(served.send(bytes(data)))
    assert served.process.poll() is None


# --- written by hand --------------------------------------------------------------------------------------------------

MALFORMED = [
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/1.1 extra\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nNo colon\r\n\r\n",
    b"GET / HTTP/1.1\r\n: empty\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
    b"GET / HTTP/1.1\nHost: x\n\n",
    b"GET //[ HTTP/1.1\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: " + b"a" * 70_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nContent-Length: five\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n",
    b"CONNECT example.com:443 HTTP/1.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /?" + b"&".join(b"a%d=1" % n for n in range(2000)) + b" HTTP/1.1\r\n\r\n",
]


@pytest.mark.parametrize("data", MALFORMED, ids=lambda data: repr(data[:40]))
def test_malformed_requests(served: Served, data: bytes) -> None:
    """Each has its answer or a closed connection, and nobody else notices."""
    assert_answer(served.send(data))
    assert_goes_on(served)


CONTROL = ["/moto-api/reset", "/moto-api/data.json", "//moto-api/reset", "/%6doto-api/reset", "/moto%2Dapi/reset"]
CONTROL += ["/./moto-api/reset", "/x/../moto-api/reset", "/moto-api%2freset", "/moto-api/seed?a=1", "/MOTO-API/reset"]
CONTROL += ["http://127.0.0.1/moto-api/reset", "http://moto/moto-api/reset", "/moto-api/recorder/start-recording"]


@pytest.mark.parametrize("path", CONTROL)
def test_there_are_no_control_pages(served: Served, path: str) -> None:
    """In no spelling, by no method, signed or not: what was made is still there."""
    served.client("s3").create_bucket(Bucket="stays")
    for method in ("GET", "POST", "PUT", "DELETE"):
        for headers in (b"", b"Host: moto\r\n", f"Authorization: {SCOPE}\r\n".encode()):
            answer = served.send(f"{method} {path} HTTP/1.1\r\n".encode() + headers + b"\r\n")
            assert_answer(answer)
            assert answer[9:10] == b"4", answer[:300]
    assert "stays" in [bucket["Name"] for bucket in served.client("s3").list_buckets()["Buckets"]]


# --- bounds -----------------------------------------------------------------------------------------------------------


def until_cut(line: socket.socket) -> bool:
    """Send a byte now and then; True once the other end hangs up, False when it bears it for ever."""
    for _ in range(400):
        if select.select([line], [], [], 0.2)[0]:
            return True
        try:
            line.sendall(b"1")
        except ConnectionError:
            return True
    return False


@pytest.mark.parametrize(
    "begun", [b"GET / HT", b"GET / HTTP/1.1\r\nA: ", b"PUT /b/k HTTP/1.1\r\nContent-Length: 999\r\n\r\n"]
)
def test_a_request_that_never_ends_is_cut(begun: bytes) -> None:
    """However diligently its bytes drip in, in its line, in a header or in its body."""
    with Served(endpoint={"seconds": 3.0}) as served:
        with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
            line.sendall(begun)
            assert until_cut(line)
        assert_goes_on(served)


def test_there_are_so_many_connections_at_once() -> None:
    """One more is told to come again; when one ends there is room."""
    with Served(endpoint={"connections": 3, "seconds": 60.0}) as served:
        idle = [socket.create_connection(("127.0.0.1", served.port), PATIENCE) for _ in range(3)]
        with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as one_more:
            answer = one_more.recv(65536)
        assert b"<Code>SlowDown</Code>" in answer
        for line in idle:
            line.close()
        assert_goes_on(served)


GET = b"GET /store/none HTTP/1.1\r\nHost: x\r\n\r\n"


def status_on(line: socket.socket, request: bytes) -> int:
    """The status of one request's answer, of whatever length, on a line that stays open."""
    line.sendall(request)
    answer = http.client.HTTPResponse(line)
    answer.begin()
    answer.read()
    return answer.status


def test_a_connection_carries_one_request_after_the_other(served: Served) -> None:
    """Each is answered by itself, however the bodies come; pipelined ones too."""
    put = b"PUT /store/k HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
        for request in (GET, put + b"Content-Length: 3\r\n\r\nabc", GET):
            assert status_on(line, request) in (403, 404)
        chunked = put + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        assert status_on(line, chunked) in (403, 404)
        before = served.state()[0]
        line.sendall(GET + GET + GET.replace(b"Host: x", b"Connection: close"))
        answer = b""
        while part := line.recv(65536):
            answer += part
    assert answer.count(b"HTTP/1.1 40") == 3
    assert served.state()[0] == before + 3


@pytest.mark.parametrize(
    "length", [b"Content-Length: x", b"Content-Length: 1\r\nContent-Length: 2", b"Content-Length: +3"]
)
def test_where_a_body_ends_is_not_guessed(served: Served, length: bytes) -> None:
    """After a body whose length nobody can tell, nothing on the line is taken for another request."""
    before = served.state()[0]
    answer = served.send(b"PUT /store/k HTTP/1.1\r\nHost: x\r\n" + length + b"\r\n\r\n" + GET)
    assert answer.count(b"HTTP/1.1 4") == 1
    assert served.state()[0] == before + 1


def test_idle_connections_make_room() -> None:
    """Clients that are kept open and no more used are in nobody's way."""
    with Served(endpoint={"connections": 3, "seconds": 60.0}) as served, contextlib.ExitStack() as kept_open:
        answered = 0
        for _ in range(500):  # a connection is at rest a moment after its answer: until then others come again
            line = kept_open.enter_context(socket.create_connection(("127.0.0.1", served.port), PATIENCE))
            status = status_on(line, GET)
            assert status in (403, 404, 503)
            answered += status != 503
            if answered == 9:
                break
        assert answered == 9
        assert_goes_on(served)


def test_what_is_sent_and_copied_is_bounded() -> None:
    """In all requests of a run together, by whichever operation."""
    with Served(bounds={"sent": 3 * MIB}, cloud={"max_body": MIB}) as served:
        s3 = served.client("s3")
        s3.create_bucket(Bucket="full")
        with pytest.raises(ClientError, match=r"EntityTooLarge.*1 MiB in one request"):
            s3.put_object(Bucket="full", Key="big", Body=b"x" * (MIB + 1))
        s3.put_object(Bucket="full", Key="k", Body=b"x" * (MIB - 9000))
        s3.copy_object(Bucket="full", Key="copy", CopySource="full/k")
        with pytest.raises(ClientError, match=r"EntityTooLarge.*3 MiB at most"):
            s3.copy_object(Bucket="full", Key="copy", CopySource="full/k")
        with pytest.raises(ClientError, match=r"EntityTooLarge.*3 MiB at most"):
            s3.put_object(Bucket="full", Key="other", Body=b"x" * 9000)
        assert served.state()[1][-1] == ("PutObject", "EntityTooLarge")


def test_the_trail_holds_what_was_answered() -> None:
    """In order: what was done, what was refused, what was no call at all, and what broke off."""
    with Served() as served:
        s3 = served.client("s3")
        s3.create_bucket(Bucket="one")
        with pytest.raises(ClientError):
            s3.get_object(Bucket="one", Key="none")
        served.send(b"GET /?a=1&a=2 HTTP/1.1\r\n\r\n")
        served.send(b"PUT /one/cut HTTP/1.1\r\nContent-Length: 100\r\n\r\nhel")
        requests, trail = served.state()
        wanted = [("CreateBucket", None), ("GetObject", "NoSuchKey"), ("ListBuckets", "InvalidArgument")]
        assert trail == [*wanted, ("PutObject", "IncompleteBody")]
        assert requests in (3, 4)


def test_a_flood_ends_its_authors_run_with_a_clear_message(tmp_path: Path) -> None:
    """Whether the error is caught or not; and who asks less is graded as ever."""
    small_class.write_class(tmp_path, 0)
    text = (tmp_path / "course.yml").read_text()
    (tmp_path / "course.yml").write_text(f"{text}limits: {{requests: 30, wall_seconds: 20}}\n")
    flood = "import boto3\nfrom botocore.config import Config\n"
    flood += "s3 = boto3.client('s3', config=Config(retries={'max_attempts': 0}))\n"
    caught = "for n in range(50):\n  try: s3.list_buckets()\n  except Exception: pass\n"
    works = {"flood": f"{flood}while True: s3.list_buckets()", "caught": flood + caught, "honest": small_class.RIGHT}
    for name, work in works.items():
        (tmp_path / f"{name}.py").write_text(work)
    files = [f"{name}.py" for name in works]
    done = machine.run([*machine.CLI, "grade", "toy/bucket", *files, "--json"], tmp_path)
    flooded, caught_, honest = from_json(done.stdout.encode())
    assert flooded.run.outcome == "raised"
    assert "Too many requests" in flooded.run.message
    assert caught_.run.outcome == "finished"
    for report in (flooded, caught_):
        assert "more than 30 times" in report.run.message
        assert report.score < report.points
    assert honest.score == honest.points
