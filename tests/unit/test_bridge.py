"""moto answers us as it answers through its own server."""

import io
import re
from typing import Any

import pytest
from moto.moto_server.werkzeug_app import create_backend_app

from drycloud.cloud.moto import engine
from drycloud.cloud.moto.bridge import Answer, call_moto

S3 = [
    ("PUT", "/store", "", b""),
    ("PUT", "/store/a%20b/c.csv", "", b"1,2"),
    ("GET", "/store/a%20b/c.csv", "", b""),
    ("HEAD", "/store/a%20b/c.csv", "", b""),
    ("GET", "/store/none", "", b""),
    ("HEAD", "/store/none", "", b""),
    ("GET", "/store", "list-type=2&prefix=a", b""),
    ("GET", "/store/", "versioning", b""),
    ("PUT", "/store", "versioning", b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
    ("PUT", "/store/k", "tagging", b"<Tagging><TagSet/></Tagging>"),
    ("POST", "/store", "delete", b"<Delete><Object><Key>a b/c.csv</Key></Object></Delete>"),
    ("DELETE", "/store/k", "", b""),
    ("GET", "/", "", b""),
    ("GET", "/missing", "", b""),
    ("DELETE", "/store", "", b""),
]
EC2 = [
    ("POST", "/", "", b"Action=DescribeRegions&Version=2016-11-15"),
    ("POST", "/", "", b"Action=CreateSecurityGroup&Version=2016-11-15&GroupName=web&GroupDescription=d"),
    ("POST", "/", "", b"Action=CreateSecurityGroup&Version=2016-11-15&GroupName=web&GroupDescription=d"),
    ("POST", "/", "", b"Action=TerminateInstances&Version=2016-11-15&InstanceId.1=i-1"),
    ("POST", "/", "", b"Action=DescribeInstances&Version=2016-11-15"),
]
STS = [("POST", "/", "", b"Action=GetCallerIdentity&Version=2011-06-15")]
VARYING = re.compile(rb"[0-9a-f]{17}|[0-9a-f-]{36}|[0-9A-Za-z]{52}|\d{4}-\d\d-\d\dT[\d:.]+Z?|[\w-]{30,}")
VARY_TOO = ("date", "last-modified", "vary", "x-amz-request-id", "x-amzn-requestid", "x-amz-id-2", "x-amz-version-id")


def environ(service: str, method: str, path: str, query: str, body: bytes) -> dict[str, Any]:
    scope = f"AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/{service}/aws4_request"
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-8"} if service != "s3" else {}
    return form | {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.replace("%20", " "),
        "QUERY_STRING": query,
        "RAW_URI": f"{path}?{query}" if query else path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_AUTHORIZATION": scope,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }


def through_the_server(app: Any, asked: dict[str, Any]) -> Answer:
    told: list[Any] = []
    body = b"".join(app(asked, lambda status, headers, _=None: told.extend((status, headers))))
    return told[0], told[1], body


def compared(answer: Answer) -> tuple[str, dict[str, str], bytes]:
    status, headers, body = answer
    kept = {name.lower(): value for name, value in headers}
    kept = {k: v for k, v in kept.items() if k not in VARY_TOO and not k.startswith("access-control-")}
    kept.pop("content-length", None) if VARYING.search(body) else None
    return status, kept, VARYING.sub("…".encode(), body)


@pytest.mark.parametrize(("service", "requests"), [("s3", S3), ("ec2", EC2), ("sts", STS)], ids=["s3", "ec2", "sts"])
def test_the_same_answers(service: str, requests: list[tuple[str, str, str, bytes]]) -> None:
    """Status, headers and body are those of moto's server; numbers of requests, times and its CORS headers aside."""
    found = []
    for how in ("server", "bridge"):
        engine.reset()
        app = create_backend_app(service)
        answers = [
            through_the_server(app, environ(service, *request))
            if how == "server"
            else call_moto(service, environ(service, *request), None)
            for request in requests
        ]
        found.append([compared(answer) for answer in answers])
    engine.reset()
    for request, server, bridge in zip(requests, *found, strict=True):
        assert bridge == server, request
