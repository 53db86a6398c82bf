"""AWS's signature, worked out anew: requests of any age, with any flaw, that boto3 would not send."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from drycloud.lab.settings import environment
from fidelity.table import Lab

EMPTY = hashlib.sha256(b"").hexdigest()


def stamp(age: float = 0) -> str:
    """The time so many seconds ago."""
    return (datetime.now(UTC) - timedelta(seconds=age)).strftime("%Y%m%dT%H%M%SZ")


def signature(secret: str, scope: str, text: str) -> str:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def keys_of(lab: Lab) -> tuple[str, str]:
    known = environment(lab.port)
    return known["AWS_ACCESS_KEY_ID"], known["AWS_SECRET_ACCESS_KEY"]


def text_to_sign(method: str, path: str, query: str, headers: dict[str, str], payload: str, at: str, scope: str) -> str:
    signed = [f"{name}:{value}" for name, value in sorted(headers.items())]
    canonical = "\n".join([method, quote(path), query, *signed, "", ";".join(sorted(headers)), payload])
    return f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"


def link(lab: Lab, path: str, method: str = "GET", age: float = 0, seconds: int = 3600, **query: str) -> str:
    """A presigned URL (version 4) that was made so many seconds ago."""
    key, secret = keys_of(lab)
    at = stamp(age)
    scope = f"{at[:8]}/us-east-1/s3/aws4_request"
    words = {"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{key}/{scope}", "X-Amz-Date": at}
    words |= {"X-Amz-Expires": str(seconds), "X-Amz-SignedHeaders": "host"} | query
    text = urlencode(sorted(words.items()), quote_via=quote, safe="")
    host = {"host": f"127.0.0.1:{lab.port}"}
    told = signature(secret, scope, text_to_sign(method, path, text, host, "UNSIGNED-PAYLOAD", at, scope))
    return f"{lab.endpoint}{quote(path)}?{text}&X-Amz-Signature={told}"


def signed(
    lab: Lab,
    path: str,
    method: str = "PUT",
    payload: str = EMPTY,
    age: float = 0,
    service: str = "s3",
    **headers: str,
) -> tuple[dict[str, str], str]:
    """The headers of a request that is signed in its header, and its signature."""
    key, secret = keys_of(lab)
    at = stamp(age)
    scope = f"{at[:8]}/us-east-1/{service}/aws4_request"
    known = {"host": f"127.0.0.1:{lab.port}", "x-amz-date": at, "x-amz-content-sha256": payload} | headers
    told = signature(secret, scope, text_to_sign(method, path, "", known, payload, at, scope))
    names = ";".join(sorted(known))
    header = f"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={names}, Signature={told}"
    return {**known, "Authorization": header}, told


def chunked(lab: Lab, bucket: str, *chunks: bytes, flaw: str = "", trailer: str = "") -> Any:
    """Store in signed chunks, with a checksum behind them if one is given; `flaw`: which signature is wrong."""
    _, secret = keys_of(lab)
    kind = f"STREAMING-AWS4-HMAC-SHA256-PAYLOAD{'-TRAILER' if trailer else ''}"
    words = {
        "content-type": "text/plain",
        "x-amz-decoded-content-length": str(sum(map(len, chunks))),
        "content-encoding": "aws-chunked",
    }
    words |= {"x-amz-trailer": trailer.partition(":")[0]} if trailer else {}
    headers, last = signed(lab, f"/{bucket}/a", "PUT", kind, **words)
    at = headers["x-amz-date"]
    scope = f"{at[:8]}/us-east-1/s3/aws4_request"
    body = b""
    for chunk in (*chunks, b""):
        text = f"AWS4-HMAC-SHA256-PAYLOAD\n{at}\n{scope}\n{last}\n{EMPTY}\n{hashlib.sha256(chunk).hexdigest()}"
        last = signature(secret, scope, text)
        told = "0" * 64 if flaw == "chunk" else last
        body += f"{len(chunk):x};chunk-signature={told}\r\n".encode() + chunk + (b"\r\n" if chunk else b"")
    if trailer:
        digest = hashlib.sha256(f"{trailer}\n".encode()).hexdigest()
        told = signature(secret, scope, f"AWS4-HMAC-SHA256-TRAILER\n{at}\n{scope}\n{last}\n{digest}")
        body += f"{trailer}\r\nx-amz-trailer-signature:{'0' * 64 if flaw == 'trailer' else told}\r\n".encode()
    return lab.http("PUT", f"{lab.endpoint}/{bucket}/a", body + b"\r\n", **headers)
