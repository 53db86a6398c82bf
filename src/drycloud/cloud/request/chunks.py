"""Bodies in chunks (aws-chunked), as some SDKs send them: each may be signed, and checksums may follow the last one.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html describes them.
"""

import hashlib
import re
from typing import Any

from drycloud.cloud.request import sigv4
from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.signature import claim_of, secret_of
from drycloud.cloud.request.sigv4 import Claim

_HEAD = re.compile(rb"([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?\r\n")
_TRAILER = re.compile(rb"(x-amz-[a-z0-9-]{1,40}) ?: ?([^\r\n]{1,200})\r?\n")
_EMPTY = hashlib.sha256(b"").hexdigest()


def unpacked(environ: dict[str, Any], body: bytes) -> bytes:
    """The decoded body; checksums that follow it become headers.

    The signature of the request is verified already; raises the AwsError for a chunk that was changed after signing.
    """
    kind = str(environ.get("HTTP_X_AMZ_CONTENT_SHA256", ""))
    if not kind.startswith("STREAMING-"):
        return body
    signer = _Signer(environ) if "AWS4" in kind else None
    data, rest = _chunks(body, signer)
    if str(len(data)) != environ.get("HTTP_X_AMZ_DECODED_CONTENT_LENGTH", str(len(data))):
        raise AwsError("IncompleteBody", "You did not provide the number of bytes specified by the HTTP headers.")
    _take_trailers(environ, rest, signer)
    _forget_chunks(environ)
    return data


class _Signer:
    """The chain of signatures: each covers the one before."""

    def __init__(self, environ: dict[str, Any]):
        header, self.stamp = str(environ.get("HTTP_AUTHORIZATION", "")), str(environ.get("HTTP_X_AMZ_DATE", ""))
        claim = claim_of(header, self.stamp)
        if claim is None:
            raise AwsError("InvalidRequest", "Chunks can be signed only where the Authorization header is.")
        self.claim: Claim = claim
        self.last = claim.signature

    def check(self, kind: str, signature: bytes | None, *digests: str) -> None:
        """Raise SignatureDoesNotMatch unless the next part of the chain has this signature."""
        told = (signature or b"").decode()
        lines = (f"{sigv4.ALGORITHM}-{kind}", self.stamp, self.claim.scope, self.last, *digests)
        secret = secret_of(self.claim.credential.partition("/")[0]) or ""
        if not sigv4.signed("\n".join(lines), self.claim.scope, secret, told):
            raise AwsError("SignatureDoesNotMatch", "A chunk of the body is not as it was signed.", 403)
        self.last = told


def _chunks(body: bytes, signer: _Signer | None) -> tuple[bytes, bytes]:
    """The data of all chunks, and the bytes after the last one."""
    parts: list[bytes] = []
    place = 0
    while True:
        head = _HEAD.match(body, place)
        if head is None:
            raise AwsError("InvalidRequest", "The body is not in chunks as the x-amz-content-sha256 header says.")
        size = int(head[1], 16)
        data, place = body[head.end() : head.end() + size], head.end() + size
        if signer is not None:
            signer.check("PAYLOAD", head[2], _EMPTY, hashlib.sha256(data).hexdigest())
        if size == 0:
            return b"".join(parts), body[place:]
        if len(data) < size or body[place : place + 2] != b"\r\n":
            raise AwsError("IncompleteBody", "A chunk of the body is not as long as it says.")
        parts.append(data)
        place += 2


def _take_trailers(environ: dict[str, Any], rest: bytes, signer: _Signer | None) -> None:
    found = {name.decode(): value.strip().decode("latin-1") for name, value in _TRAILER.findall(rest)}
    signature = found.pop("x-amz-trailer-signature", None)
    announced = [name.strip().lower() for name in str(environ.get("HTTP_X_AMZ_TRAILER", "")).split(",") if name.strip()]
    if sorted(found) != sorted(announced):
        raise AwsError("MalformedTrailerError", "The trailers are not those that the x-amz-trailer header names.")
    if found and signer is not None:
        text = "".join(f"{name}:{value}\n" for name, value in sorted(found.items()))
        signer.check("TRAILER", (signature or "").encode(), hashlib.sha256(text.encode()).hexdigest())
    for name, value in found.items():
        if name.startswith("x-amz-checksum-"):
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value


def _forget_chunks(environ: dict[str, Any]) -> None:
    """Remove the headers of chunks: the request now has a plain body."""
    for name in ("CONTENT_SHA256", "TRAILER", "DECODED_CONTENT_LENGTH"):
        environ.pop(f"HTTP_X_AMZ_{name}", None)
    codings = [word.strip() for word in str(environ.pop("HTTP_CONTENT_ENCODING", "")).split(",")]
    kept = ",".join(word for word in codings if word not in ("", "aws-chunked"))
    if kept:
        environ["HTTP_CONTENT_ENCODING"] = kept
