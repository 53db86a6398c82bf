"""Who signed a request: SigV4 in the header or the query, SigV2 for S3, or nobody.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html describes the signature.
"""

import hashlib
import hmac
import re
import time
from calendar import timegm
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlsplit

from botocore.auth import HmacV1Auth
from botocore.awsrequest import HeadersDict
from botocore.credentials import Credentials

from drycloud.cloud.ask import AwsError
from drycloud.report import Frozen

STUDENT_KEY, STUDENT_SECRET = "AKIADRYCLOUDSTUDENT1", "practice"
_SECRETS = {STUDENT_KEY: STUDENT_SECRET}

_SCOPE = re.compile(r"([^/,=\s]{1,128})/(\d{8})/([a-z0-9-]{1,32})/([a-z0-9-]{1,32})/aws4_request")
_HEADER = re.compile(r"AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})\Z")
_SKEW = 15 * 60  # seconds
_WEEK = 7 * 24 * 3600
_UNSIGNED_BODIES = ("UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
# How each service tells that the key is unknown, that the signature is wrong, and that the clocks differ.
_ERRORS = {
    "s3": (("InvalidAccessKeyId", 403), ("SignatureDoesNotMatch", 403), ("RequestTimeTooSkewed", 403)),
    "ec2": (("AuthFailure", 401), ("AuthFailure", 401), ("RequestExpired", 400)),
}
_OTHER = (("InvalidClientTokenId", 403), ("SignatureDoesNotMatch", 403), ("RequestExpired", 400))


class Caller(Frozen, frozen=True):
    """Whom a request addresses, and who sends it: `key` is '' for nobody.

    `signed_region` is that of the signature, where it names one.
    """

    service: str
    region: str
    key: str = ""
    signed_region: str = ""


def addressed(environ: dict[str, Any]) -> Caller:
    """What a request says of itself, before it is verified: enough to shape an error, and for the trail."""
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    query = _query(environ)
    found = _SCOPE.search(header) or _SCOPE.match(query.get("X-Amz-Credential", ""))
    if found:
        return Caller(found[4], found[3], found[1], found[3])
    form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if form and environ.get("PATH_INFO", "/") == "/":
        return Caller("ec2", "us-east-1")
    return Caller("s3", "us-east-1", query.get("AWSAccessKeyId", ""))


def verified(environ: dict[str, Any], body: bytes, *, later: float = 0) -> Caller:
    """Whoever signed the request as AWS would have it signed; raises the AwsError that tells what is wrong.

    A presigned URL is looked at as if it came in `later` seconds.
    """
    caller, query = addressed(environ), _query(environ)
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    if header.startswith("AWS4-"):
        _verify_header(caller, environ, query, header, body)
    elif header.startswith("AWS ") and caller.service == "s3":
        return _verify_v2(environ, *header[4:].strip().partition(":")[::2])
    elif header:
        raise AwsError("InvalidArgument", "The Authorization header has no form that AWS knows.")
    elif "X-Amz-Signature" in query or "X-Amz-Credential" in query:
        _verify_query(caller, environ, query, time.time() + later)
    elif caller.key:
        told = (query.get("Signature", ""), query.get("Expires", ""))
        return _verify_v2(environ, caller.key, *told, now=time.time() + later)
    elif caller.service != "s3":
        raise AwsError("AuthFailure", "This request is not signed.", 401)
    return caller


def _query(environ: dict[str, Any]) -> dict[str, str]:
    try:
        return dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        raise AwsError("InvalidArgument", "The query has too many fields.") from None


# --- SigV4 ------------------------------------------------------------------------------------------------------------


def _verify_header(caller: Caller, environ: dict[str, Any], query: dict[str, str], header: str, body: bytes) -> None:
    found = _HEADER.match(header)
    if not found or not _SCOPE.fullmatch(found[1]):
        raise _refused(caller, 1, "The Authorization header is malformed.")
    secret = _secret(caller)
    stamp = str(environ.get("HTTP_X_AMZ_DATE") or "")
    if abs(_seconds(caller, stamp) - time.time()) > _SKEW:
        raise _refused(caller, 2, "The request's time and the present differ by more than 15 minutes.")
    claimed = environ.get("HTTP_X_AMZ_CONTENT_SHA256")
    digest = hashlib.sha256(body).hexdigest()
    if claimed and re.fullmatch("[0-9a-f]{64}", claimed) and claimed != digest:
        raise AwsError("XAmzContentSHA256Mismatch", "The body is not the one that was signed.")
    payload = claimed if claimed and caller.service == "s3" else digest
    _compare(caller, environ, list(query.items()), found[1], stamp, found[2], payload, found[3], secret)


def _verify_query(caller: Caller, environ: dict[str, Any], query: dict[str, str], now: float) -> None:
    wanted = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders")
    lifetime = query.get("X-Amz-Expires", "")
    if any(name not in query for name in wanted) or "X-Amz-Signature" not in query or not caller.key:
        raise AwsError("AuthorizationQueryParametersError", "A presigned URL needs all its X-Amz parameters.")
    if not lifetime.isascii() or not lifetime.isdigit() or not 0 < int(lifetime[:9]) <= _WEEK or len(lifetime) > 9:
        raise AwsError("AuthorizationQueryParametersError", "X-Amz-Expires is between 1 second and a week.")
    secret = _secret(caller)
    signed_at = _seconds(caller, query["X-Amz-Date"])
    fields = [(name, value) for name, value in query.items() if name != "X-Amz-Signature"]
    payload = str(environ.get("HTTP_X_AMZ_CONTENT_SHA256") or _UNSIGNED_BODIES[0])
    words = (query["X-Amz-Credential"], query["X-Amz-Date"], query["X-Amz-SignedHeaders"])
    _compare(caller, environ, fields, *words, payload, query["X-Amz-Signature"], secret)
    if now > signed_at + int(lifetime):
        raise AwsError("AccessDenied", "Request has expired", 403)
    if signed_at > now + _SKEW:
        raise AwsError("AccessDenied", "This request is not valid yet.", 403)


def _compare(
    caller: Caller,
    environ: dict[str, Any],
    fields: list[tuple[str, str]],
    credential: str,
    stamp: str,
    signed_headers: str,
    payload: str,
    signature: str,
    secret: str,
) -> None:
    names = signed_headers.lower().split(";")
    if "host" not in names:
        raise _refused(caller, 1, "The host header must be signed.")
    canonical = "\n".join(
        [
            str(environ.get("REQUEST_METHOD", "")),
            _path(environ),
            "&".join(f"{name}={value}" for name, value in sorted((_quoted(n), _quoted(v)) for n, v in fields)),
            *(f"{name}:{_header(environ, name)}" for name in names),
            "",
            signed_headers,
            payload,
        ]
    )
    scope = credential.partition("/")[2]
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    told = hmac.digest(key, f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}".encode(), "sha256").hex()
    if not hmac.compare_digest(told, signature) or scope[:8] != stamp[:8]:
        raise _refused(caller, 1, "The signature is not the one that this key makes of this request.")


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")


def _path(environ: dict[str, Any]) -> str:
    raw = str(environ.get("RAW_URI") or environ.get("PATH_INFO") or "/").partition("?")[0]
    raw = raw if raw.startswith("/") else urlsplit(raw).path or "/"
    return quote(unquote_to_bytes(raw), safe="/-_.~")


def _header(environ: dict[str, Any], name: str) -> str:
    field = name.upper().replace("-", "_")
    value = str(environ.get(field if field in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{field}", ""))
    return " ".join(value.split())


def _seconds(caller: Caller, stamp: str) -> float:
    try:
        return timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise _refused(caller, 1, "The request carries no date, or one of another form.") from None


# --- SigV2, which S3 still takes --------------------------------------------------------------------------------------


class _DatedAuth(HmacV1Auth):  # type: ignore[misc]  # botocore ships no types
    """botocore's signer, with the date that was signed in the place of the present one."""

    date = ""

    def _get_date(self) -> str:
        return self.date


def _verify_v2(environ: dict[str, Any], key: str, signature: str, expires: str | None = None, now: float = 0) -> Caller:
    caller = Caller("s3", "us-east-1", key)
    if expires is not None and not (expires.isascii() and expires.isdigit() and len(expires) < 12):
        raise AwsError("AccessDenied", "A presigned URL tells when it expires.", 403)
    headers = HeadersDict()
    for name, value in environ.items():
        plain = name.removeprefix("HTTP_").replace("_", "-").lower()
        amazon = name.startswith("HTTP_X_AMZ_")
        if amazon or plain in ("content-md5", "content-type", "date"):
            headers[plain] = str(value)
    raw = str(environ.get("RAW_URI") or "/")
    signer = _DatedAuth(Credentials(key, _secret(caller)))
    signer.date = "" if "x-amz-date" in headers else headers.get("date", "") if expires is None else expires
    told = signer.get_signature(environ["REQUEST_METHOD"], urlsplit(raw), headers)
    if not hmac.compare_digest(told.encode(), signature.encode()):
        raise _refused(caller, 1, "The signature is not the one that this key makes of this request.")
    if expires is not None and now > int(expires):
        raise AwsError("AccessDenied", "Request has expired", 403)
    return caller


def _secret(caller: Caller) -> str:
    if caller.key not in _SECRETS:
        raise _refused(caller, 0, "There is no such access key.")
    return _SECRETS[caller.key]


def _refused(caller: Caller, which: int, message: str) -> AwsError:
    code, status = _ERRORS.get(caller.service, _OTHER)[which]
    return AwsError(code, message, status)
