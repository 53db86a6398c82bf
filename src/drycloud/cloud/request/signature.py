"""Who signed a request: SigV4 in the header or the query, SigV2 for S3, or an anonymous request."""

import hashlib
import hmac
import re
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from botocore.auth import HmacV1Auth
from botocore.credentials import Credentials

from drycloud.cloud import clock
from drycloud.cloud.request import sigv4
from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET
from drycloud.cloud.request.sigv4 import Claim
from drycloud.report import Frozen

_SECRETS = {STUDENT_KEY: STUDENT_SECRET}

_SCOPE = re.compile(r"([^/,=\s]{1,128})/(\d{8})/([a-z0-9-]{1,32})/([A-Za-z0-9-]{1,64})/aws4_request")
_HEADER = re.compile(r"AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})\Z")
_SKEW = 15 * 60  # seconds
_WEEK = 7 * 24 * 3600
_OTHER_SIGNATURE = (
    "The request signature we calculated does not match the signature you provided. Check your key and signing method."
)
_UNSIGNED = "UNSIGNED-PAYLOAD"
_BODIES = re.compile(
    "[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?)"
)
_PARAMETERS = ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
# The error code of each service for an unknown key, a wrong signature, clocks that differ, a malformed header, and a
# token where there must be none.
_ERRORS = {
    "s3": {
        "key": ("InvalidAccessKeyId", 403),
        "signature": ("SignatureDoesNotMatch", 403),
        "time": ("RequestTimeTooSkewed", 403),
        "form": ("AuthorizationHeaderMalformed", 400),
        "token": ("InvalidToken", 400),
    },
    "ec2": {"time": ("RequestExpired", 400), "": ("AuthFailure", 401)},
    "": {
        "key": ("InvalidClientTokenId", 403),
        "time": ("RequestExpired", 400),
        "token": ("InvalidClientTokenId", 403),
        "form": ("IncompleteSignature", 400),
        "": ("SignatureDoesNotMatch", 403),
    },
}


class Caller(Frozen, frozen=True):
    """The service that a request addresses, and its sender: `key` is '' for an anonymous one.

    `signed_region` is the region in the signature, if there is one.
    """

    service: str
    region: str
    key: str = ""
    signed_region: str = ""


def addressed(environ: dict[str, Any]) -> Caller:
    """What a request claims, before it is verified: enough to format an error, and for the trail."""
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    query = _query(environ)
    found = _SCOPE.search(header) or _SCOPE.match(query.get("X-Amz-Credential", ""))
    if found:
        return Caller(found[4], found[3], found[1], found[3])
    if header.startswith("AWS "):
        return Caller("s3", "us-east-1", header[4:].strip().partition(":")[0])
    form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if form and environ.get("PATH_INFO", "/") == "/":
        return Caller("ec2", "us-east-1")
    return Caller("s3", "us-east-1", query.get("AWSAccessKeyId", ""))


def verified(environ: dict[str, Any], body: bytes, *, later: float = 0) -> Caller:
    """The verified sender of a request; raises the AwsError for an invalid signature.

    A presigned URL is verified as if it arrived `later` seconds from now.
    """
    caller, query = addressed(environ), _query(environ)
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    in_query = "X-Amz-Signature" in query or "X-Amz-Credential" in query
    if header and (in_query or query.keys() >= {"AWSAccessKeyId", "Signature"}):
        raise AwsError("InvalidArgument", "Only one auth mechanism allowed: the Authorization header or the query.")
    if "HTTP_X_AMZ_SECURITY_TOKEN" in environ or "X-Amz-Security-Token" in query:
        raise _refused(caller, "token", "The provided token is malformed or otherwise invalid.")
    if header.startswith("AWS4-"):
        _verify_header(caller, environ, header, body)
    elif header.startswith("AWS ") and caller.service == "s3":
        return _verify_v2(environ, *header[4:].strip().partition(":")[::2])
    elif header:
        raise AwsError("InvalidArgument", "Unsupported Authorization Type")
    elif in_query:
        _verify_query(caller, environ, query, body, time.time() + later)
    elif caller.key:
        told = (query.get("Signature", ""), query.get("Expires", ""))
        return _verify_v2(environ, caller.key, *told, now=clock.seconds() + later)  # by the caller's clock
    elif caller.service != "s3":
        raise AwsError("MissingAuthenticationToken" if caller.service != "ec2" else "AuthFailure", "Not signed.", 401)
    return caller


def secret_of(key: str) -> str | None:
    """The secret that belongs to an access key, or None."""
    return _SECRETS.get(key)


def claim_of(header: str, stamp: str) -> Claim | None:
    """The parsed Authorization header of version 4, or None if it is malformed."""
    found = _HEADER.match(header)
    return Claim(found[1], stamp, found[2], found[3]) if found and _SCOPE.fullmatch(found[1]) else None


def _pairs(environ: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        return parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        raise AwsError("InvalidArgument", "The query has too many fields.") from None


def _query(environ: dict[str, Any]) -> dict[str, str]:
    """The query by name; a duplicate could mean one thing here and another elsewhere."""
    pairs = _pairs(environ)
    if len(dict(pairs)) != len(pairs):
        raise AwsError("InvalidArgument", "A query parameter is given twice.")
    return dict(pairs)


# --- SigV4 ------------------------------------------------------------------------------------------------------------


def _verify_header(caller: Caller, environ: dict[str, Any], header: str, body: bytes) -> None:
    stamp = str(environ.get("HTTP_X_AMZ_DATE") or "")
    claim = claim_of(header, stamp)
    if claim is None:
        raise _refused(caller, "form", "The authorization header is malformed.")
    secret, signed_at = _secret(caller), sigv4.seconds(stamp)
    if signed_at is None:
        raise AwsError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403)
    if abs(signed_at - time.time()) > _SKEW:
        raise _refused(caller, "time", "The difference between the request time and the current time is too large.")
    payload = environ.get("HTTP_X_AMZ_CONTENT_SHA256") if caller.service == "s3" else hashlib.sha256(body).hexdigest()
    if payload is None:
        raise AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
    _compare(caller, claim, environ, str(payload), secret)
    _check_body(str(payload), body)


def _verify_query(caller: Caller, environ: dict[str, Any], query: dict[str, str], body: bytes, now: float) -> None:
    values = {name: query.get(f"X-Amz-{name}") for name in _PARAMETERS}
    if None in values.values() or not caller.key or values["Algorithm"] != sigv4.ALGORITHM:
        raise _wrong_parameters("Query-string authentication version 4 requires all its X-Amz parameters.")
    told = {name: str(value) for name, value in values.items()}
    lifetime = told["Expires"]
    if not re.fullmatch(r"[0-9]{1,9}", lifetime) or not 0 < int(lifetime) <= _WEEK:
        raise _wrong_parameters(f"X-Amz-Expires must be between 1 and {_WEEK} seconds, which is a week.")
    secret, signed_at = _secret(caller), sigv4.seconds(told["Date"])
    if signed_at is None:
        raise _wrong_parameters("X-Amz-Date must be in the ISO8601 Long Format yyyyMMdd'T'HHmmss'Z'")
    claim = Claim(told["Credential"], told["Date"], told["SignedHeaders"], told["Signature"])
    payload = str(environ.get("HTTP_X_AMZ_CONTENT_SHA256") or query.get("X-Amz-Content-Sha256") or _UNSIGNED)
    _compare(caller, claim, environ, payload, secret)
    if now > signed_at + int(lifetime):
        raise AwsError("AccessDenied", "Request has expired", 403)
    if signed_at > now + _SKEW:
        raise AwsError("AccessDenied", "Request is not valid yet", 403)
    _check_body(payload, body)


def _compare(caller: Caller, claim: Claim, environ: dict[str, Any], payload: str, secret: str) -> None:
    pairs = [pair for pair in _pairs(environ) if pair[0] != "X-Amz-Signature"]
    if "host" not in claim.names or not sigv4.fits(claim, environ, pairs, payload, secret):
        raise _refused(caller, "signature", _OTHER_SIGNATURE)
    names = {name.replace("-", "_").upper() for name in claim.names}
    loose = [name for name in environ if name.startswith("HTTP_X_AMZ_") and name.removeprefix("HTTP_") not in names]
    if loose and caller.service == "s3":
        told = ", ".join(sorted(name.removeprefix("HTTP_").replace("_", "-").lower() for name in loose))
        words = "There were headers present in the request which were not signed"
        raise AwsError("AccessDenied", words, 403, elements={"HeadersNotSigned": told})


def _check_body(payload: str, body: bytes) -> None:
    """Verify the digest of a signed body; a body in chunks is verified with its chunks."""
    if not _BODIES.fullmatch(payload):
        words = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, one of the STREAMING- words, or a valid sha256 value."
        raise AwsError("InvalidArgument", words)
    if len(payload) == 64 and hashlib.sha256(body).hexdigest() != payload:
        words = "The provided 'x-amz-content-sha256' header does not match what was computed."
        raise AwsError("XAmzContentSHA256Mismatch", words)


def _wrong_parameters(words: str) -> AwsError:
    return AwsError("AuthorizationQueryParametersError", words)


# --- SigV2, which S3 still takes --------------------------------------------------------------------------------------


class _DatedAuth(HmacV1Auth):  # type: ignore[misc]  # botocore ships no types
    """botocore's signer, with the signed date instead of the current one."""

    date = ""

    def _get_date(self) -> str:
        return self.date


def _verify_v2(environ: dict[str, Any], key: str, signature: str, expires: str | None = None, now: float = 0) -> Caller:
    caller = Caller("s3", "us-east-1", key)
    if expires is not None and not re.fullmatch("[0-9]{1,11}", expires):
        raise AwsError("AccessDenied", "Invalid date (should be seconds since epoch): Expires", 403)
    headers = HTTPMessage()
    for name, value in environ.items():
        plain = name.removeprefix("HTTP_").replace("_", "-").lower()
        if name.startswith("HTTP_X_AMZ_") or plain in ("content-md5", "content-type", "date"):
            headers[plain] = str(value)
    for name, value in _pairs(environ):  # a link may contain values that are otherwise headers
        if expires is not None and name.lower().startswith("x-amz-") and name.lower() not in headers:
            headers[name.lower()] = value
    raw = str(environ.get("RAW_URI") or "/")
    signer = _DatedAuth(Credentials(key, _secret(caller)))
    signer.date = "" if "x-amz-date" in headers else headers.get("date", "") if expires is None else expires
    told = signer.get_signature(environ["REQUEST_METHOD"], urlsplit(raw), headers)
    if not hmac.compare_digest(told.encode(), signature.encode()):
        raise _refused(caller, "signature", _OTHER_SIGNATURE)
    if expires is None:
        _check_date(caller, headers.get("x-amz-date") or headers.get("date") or "")
    elif now > int(expires):
        raise AwsError("AccessDenied", "Request has expired", 403)
    return caller


def _check_date(caller: Caller, text: str) -> None:
    try:
        signed_at = parsedate_to_datetime(text).timestamp()
    except ValueError:
        words = "AWS authentication requires a valid Date or x-amz-date header"
        raise AwsError("AccessDenied", words, 403) from None
    if abs(signed_at - time.time()) > _SKEW:
        raise _refused(caller, "time", "The difference between the request time and the current time is too large.")


# ----------------------------------------------------------------------------------------------------------------------


def _secret(caller: Caller) -> str:
    found = secret_of(caller.key)
    if found is None:
        raise _refused(caller, "key", "The AWS Access Key Id you provided does not exist in our records.")
    return found


def _refused(caller: Caller, what: str, message: str) -> AwsError:
    errors = _ERRORS.get(caller.service, _ERRORS[""])
    code, status = errors[what] if what in errors else errors[""]
    return AwsError(code, message, status)
