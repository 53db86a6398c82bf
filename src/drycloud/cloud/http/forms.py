"""Uploads by an HTML form (presigned POST): a form is a PutObject that its policy allows.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html shows one.
"""

import base64
import hmac
import io
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from xml.sax.saxutils import escape

from werkzeug.exceptions import HTTPException
from werkzeug.formparser import parse_form_data

from drycloud.cloud.request import sigv4
from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.signature import Caller, secret_of

Answer = tuple[str, list[tuple[str, str]], bytes]
Fields = dict[str, str]

_SCOPE = re.compile(r"([^/]{1,128})/(\d{8}/([a-z0-9-]{1,32})/s3/aws4_request)")
_HEADERS = re.compile("content-(type|disposition|encoding|language)|cache-control|expires|x-amz-.*")
_OF_THE_SIGNATURE = {"x-amz-signature", "x-amz-credential", "x-amz-algorithm", "x-amz-date", "x-amz-security-token"}
_UNCONDITIONAL = {"x-amz-signature", "signature", "awsaccesskeyid", "policy", "file"}
_REPLY = "drycloud.form"  # the environ key for the kind of answer that the form requests
_MOST_PARTS, _LARGEST_FIELD = 100, 20 * 1024


def is_form(environ: dict[str, Any]) -> bool:
    """Whether the request is a form for a bucket."""
    posted = environ.get("REQUEST_METHOD") == "POST" and "delete" not in environ.get("QUERY_STRING", "")
    return posted and re.fullmatch("/[^/]+/?", str(environ.get("PATH_INFO", ""))) is not None


def as_put(environ: dict[str, Any], body: bytes) -> tuple[Caller, bytes]:
    """Turn the request into the PutObject of the form; returns its sender and its body.

    Raises the AwsError for a form that its policy does not allow, or whose policy is not signed.
    """
    fields, data, name = _parsed(environ, body)
    bucket = str(environ["PATH_INFO"]).strip("/")
    if "key" not in fields:
        raise AwsError("InvalidArgument", "Bucket POST must contain a field named 'key'.")
    caller = _sender(fields)
    if caller.key:
        _check_policy(fields, bucket, len(data))
    environ[_REPLY] = fields | {"bucket": bucket, "key": fields["key"].replace("${filename}", name)}
    _rewrite(environ, fields, bucket, environ[_REPLY]["key"])
    return caller, data


def answered(environ: dict[str, Any], answer: Answer) -> Answer:
    """The answer to the PutObject in the form that the form requests."""
    fields = environ.get(_REPLY)
    if fields is None or not answer[0].startswith("2"):
        return answer
    tag = dict(answer[1]).get("ETag", "")
    headers = [("ETag", tag), ("Location", f"/{fields['bucket']}/{quote(fields['key'])}")]
    redirect = fields.get("success_action_redirect", "")
    if urlsplit(redirect).scheme in ("http", "https"):
        words = urlencode({"bucket": fields["bucket"], "key": fields["key"], "etag": tag})
        place = f"{redirect}{'&' if '?' in redirect else '?'}{words}"
        return "303 See Other", [("Location", place.replace("\r", "").replace("\n", ""))], b""
    if fields.get("success_action_status") == "201":
        told = {"Bucket": fields["bucket"], "Key": fields["key"], "ETag": tag}
        text = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
        return (
            "201 Created",
            [*headers, ("Content-Type", "application/xml")],
            f"<PostResponse>{text}</PostResponse>".encode(),
        )
    return ("200 OK" if fields.get("success_action_status") == "200" else "204 No Content"), headers, b""


def _parsed(environ: dict[str, Any], body: bytes) -> tuple[Fields, bytes, str]:
    """The fields by their names in lower case, the file's bytes, and its name."""
    if not str(environ.get("CONTENT_TYPE", "")).startswith("multipart/form-data"):
        words = "Bucket POST must be of the enclosure-type multipart/form-data"
        raise AwsError("PreconditionFailed", words, 412)
    sent = environ | {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    sent.pop("HTTP_TRANSFER_ENCODING", None)
    try:
        _, form, files = parse_form_data(
            sent, max_form_memory_size=len(body) + 1, max_form_parts=_MOST_PARTS, silent=False
        )
    except (ValueError, HTTPException):
        words = "The body of your POST request is not well-formed multipart/form-data."
        raise AwsError("MalformedPOSTRequest", words) from None
    fields = {name.lower(): value for name, value in form.items()}
    if sum(map(len, fields.values())) > _LARGEST_FIELD + len(fields.get("file", "")):
        raise AwsError("MaxPostPreDataLengthExceeded", "The fields before the file are too large.")
    file = files.get("file")
    if file is not None:
        return fields, file.stream.read(), (file.filename or "").replace("\\", "/").rpartition("/")[2]
    if "file" not in fields:
        raise AwsError("InvalidArgument", "POST requires exactly one file upload per request.")
    return fields, fields.pop("file").encode(), ""


# --- the policy -------------------------------------------------------------------------------------------------------


def _sender(fields: Fields) -> Caller:
    """The signer of the policy; the anonymous caller if there is no policy."""
    scope = _SCOPE.fullmatch(fields.get("x-amz-credential", ""))
    key = scope[1] if scope else fields.get("awsaccesskeyid", "")
    if "policy" not in fields and not key:
        return Caller("s3", "us-east-1")
    secret = secret_of(key)
    if secret is None:
        raise AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
    if "policy" not in fields:
        raise AwsError("InvalidArgument", "Bucket POST must contain a field named 'policy'.")
    if scope:
        fits = sigv4.signed(fields["policy"], scope[2], secret, fields.get("x-amz-signature", ""))
    else:
        told = base64.b64encode(hmac.digest(secret.encode(), fields["policy"].encode(), "sha1"))
        fits = hmac.compare_digest(told, fields.get("signature", "").encode())
    if not fits:
        raise AwsError("SignatureDoesNotMatch", "The signature is not the one that this key makes of this policy.", 403)
    return Caller("s3", scope[3], key, scope[3]) if scope else Caller("s3", "us-east-1", key)


def _check_policy(fields: Fields, bucket: str, size: int) -> None:
    try:
        policy = json.loads(base64.b64decode(fields["policy"], validate=True))
        expires = datetime.fromisoformat(policy["expiration"])
        conditions = [test for found in policy["conditions"] for test in _tests(found)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AwsError(
            "InvalidPolicyDocument", "Invalid Policy: it is JSON with an expiration and conditions."
        ) from None
    if expires.replace(tzinfo=expires.tzinfo or UTC) < datetime.now(UTC):
        raise _not_by_policy("Policy expired.")
    given = fields | {"bucket": bucket}
    for test, name, value in conditions:
        if test == "content-length-range":
            _check_size(size, name, value)
        elif not _holds(test, given.get(name.removeprefix("$").lower(), ""), value):
            raise _not_by_policy(f"Policy Condition failed: {json.dumps([test, name, value])}")
    named = {name.removeprefix("$").lower() for _, name, _ in conditions} | _UNCONDITIONAL
    extra = [name for name in fields if name not in named and not name.startswith("x-ignore-")]
    if extra:
        raise _not_by_policy(f"Extra input fields: {', '.join(sorted(extra))}")


def _tests(condition: Any) -> list[tuple[str, str, str]]:
    """A condition as (operator, field, value); raises ValueError for an invalid one."""
    if isinstance(condition, dict):
        return [("eq", f"${name}", str(value)) for name, value in condition.items()]
    test, name, value = (str(part) for part in condition)
    if test.lower() not in ("eq", "starts-with", "content-length-range"):
        raise ValueError(test)
    if test.lower() == "content-length-range":
        int(name), int(value)
    return [(test.lower(), name, value)]


def _holds(test: str, given: str, value: str) -> bool:
    return given == value if test == "eq" else given.startswith(value)


def _check_size(size: int, least: str, most: str) -> None:
    if size > int(most):
        raise AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    if size < int(least):
        raise AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")


def _not_by_policy(words: str) -> AwsError:
    return AwsError("AccessDenied", f"Invalid according to Policy: {words}", 403)


def _rewrite(environ: dict[str, Any], fields: Fields, bucket: str, key: str) -> None:
    for name in [name for name in environ if name.startswith("HTTP_X_AMZ_")]:
        del environ[name]
    environ["CONTENT_TYPE"] = fields.get("content-type", "")
    named = {"x-amz-acl": fields["acl"]} if "acl" in fields else {}
    named |= {
        n: v for n, v in fields.items() if _HEADERS.fullmatch(n) and n not in {"content-type"} | _OF_THE_SIGNATURE
    }
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": " ".join(value.split()) for name, value in named.items()}
    path = f"/{bucket}/{key}"
    environ |= {"REQUEST_METHOD": "PUT", "QUERY_STRING": "", "RAW_URI": quote(path), "REQUEST_URI": quote(path)}
    environ["PATH_INFO"] = path.encode().decode("latin-1")
