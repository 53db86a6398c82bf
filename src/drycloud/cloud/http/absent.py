"""Services that this cloud does not have: which one a request is for, and an error that its client can read."""

import json
import re
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.errors import error_answer
from drycloud.cloud.request.signature import Caller

Answer = tuple[str, list[tuple[str, str]], bytes]

_NAMES = engine.DATA / "services.json"  # by signing name; tests/engine/cloud/test_absent.py says how it is made
_REST_XML = ("cloudfront", "route53", "s3", "s3control", "s3express")  # by signing name, as all below
_UNSIGNED_PATHS = {  # unsigned requests: S3 would take these for objects, or for JSON sent to a bucket
    **dict.fromkeys(["GET /federation/credentials", "GET /assignment/accounts"], "awsssoportal"),
    **dict.fromkeys(["GET /assignment/roles", "POST /logout"], "awsssoportal"),
    **dict.fromkeys(["POST /token", "POST /client/register", "POST /device_authorization"], "sso-oauth"),
    "POST /v1/token": "signin",
}
_UNSIGNED_TARGETS = {
    "AWSCognitoIdentityService": "cognito-identity",
    "AWSCognitoIdentityProviderService": "cognito-idp",
}
_SIMPLEDB = re.compile(rb"(?:^|&)Version=2009-04-15(?:&|$)")  # SimpleDB signs inside the form, with SigV2


def no_such_service(service: str, ours: frozenset[str]) -> AwsError:
    """The error for a service that is not one of `ours`: a sentence with the names that students know."""
    known = [_name_of(each).removeprefix("Amazon ").removeprefix("AWS ") for each in sorted(ours)]
    listed = " and ".join([", ".join(known[:-1]), known[-1]] if known[1:] else known)
    return AwsError("UnsupportedService", f"This course's cloud has no {_name_of(service)}; it has {listed}.")


def refusal_for(environ: dict[str, Any], service: str, error: AwsError) -> Answer:
    """The error in the protocol of the request: CBOR, JSON or XML."""
    status = f"{error.status} Error"
    told = {"__type": error.code, "message": error.message}
    protocol = _protocol(environ, service)
    if protocol == "cbor":
        return status, [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")], _cbor(told)
    if protocol == "json":
        headers = [("Content-Type", "application/json"), ("x-amzn-ErrorType", error.code)]
        return status, headers, json.dumps(told).encode()
    return error_answer(service, status, error.code, escape(error.message))


def meant(environ: dict[str, Any], caller: Caller, body: bytes) -> str:
    """The service that a request is for, by signing name: `caller`'s, unless the request shows that it is another."""
    if caller.service == "s3" and "HTTP_X_AMZ_ACCOUNT_ID" in environ and _path(environ).startswith("/v20180820/"):
        return "s3control"  # S3 Control signs as S3
    if caller.key:
        return caller.service
    target = str(environ.get("HTTP_X_AMZ_TARGET", "")).partition(".")[0]
    if target in _UNSIGNED_TARGETS:
        return _UNSIGNED_TARGETS[target]
    called = f"{environ.get('REQUEST_METHOD')} {_path(environ)}"
    if called in _UNSIGNED_PATHS and not str(environ.get("CONTENT_TYPE", "")).startswith("multipart/"):
        return _UNSIGNED_PATHS[called]
    return "sdb" if caller.service == "ec2" and _SIMPLEDB.search(body) else caller.service


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = json.loads(_NAMES.read_text(encoding="utf-8"))
    return found


def _name_of(service: str) -> str:
    return _names().get(service, service)


def _protocol(environ: dict[str, Any], service: str) -> str:
    kind = str(environ.get("CONTENT_TYPE", ""))
    if environ.get("HTTP_SMITHY_PROTOCOL") == "rpc-v2-cbor" or kind.startswith("application/cbor"):
        return "cbor"
    if "HTTP_X_AMZ_TARGET" in environ or _is_json(environ):
        return "json"
    is_query = kind.startswith("application/x-www-form-urlencoded") and _path(environ) == "/"
    return "xml" if is_query or service in _REST_XML else "json"


def _path(environ: dict[str, Any]) -> str:
    return str(environ.get("PATH_INFO", "/"))


def _is_json(environ: dict[str, Any]) -> bool:
    return str(environ.get("CONTENT_TYPE", "")).startswith(("application/json", "application/x-amz-json"))


def _cbor(told: dict[str, str]) -> bytes:
    """A map of texts, as RFC 8949 writes it: for each its kind and length, then its bytes."""
    texts = [text.encode() for pair in told.items() for text in pair]
    return bytes([0xA0 + len(told)]) + b"".join(b"\x79" + len(text).to_bytes(2) + text for text in texts)
