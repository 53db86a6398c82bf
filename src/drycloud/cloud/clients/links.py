"""Opening a link to an object as a browser would, but in this process: no link ever uses a network."""

import re
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSRequest

from drycloud.cloud.clients.boto import environ_of
from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.operations import describe_call
from drycloud.cloud.request.signature import verified
from drycloud.cloud.rules import respond
from drycloud.report import Frozen

# The endpoint, or AWS's own for S3; the bucket is in the host's name or at the beginning of the path.
_HOST = re.compile(
    r"(?:(?P<bucket>[a-z0-9.-]+)\.)?(?:s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com|127\.0\.0\.1|localhost)(:\d+)?"
)
_LONGEST = 8192  # characters


class Page(Frozen, frozen=True):
    """The response to a link: the HTTP status and the body, and the bucket and key that it names.

    The status is 0 if it is not a link to this cloud.
    """

    status: int = 0
    data: bytes = b""
    bucket: str = ""
    key: str = ""


def open_link(url: object, later: float = 0) -> Page:
    """The response to a GET of `url` in `later` seconds, without headers; never raises, for any `url`."""
    asked = _asked(url)
    if asked is None:
        return Page()
    sent, plain = asked
    with engine.LOCK:
        request = AwsRequest("s3", describe_call("s3", plain, b"")[0], engine.DEFAULT_REGION, plain, b"")
        try:
            # Version 4 signs the host and the path as they are sent, version 2 the bucket in either place.
            caller = verified(sent if "X-Amz-Signature" in sent["QUERY_STRING"] else plain, b"", later=later)
        except AwsError as error:
            return Page(error.status, b"", request.bucket, request.key)
        if caller.service != "s3" or request.operation != "GetObject":
            return Page(403, b"", request.bucket, request.key)
        request.anonymous, request.signed_region = not caller.key, caller.signed_region
        status, _, body = respond(request)
    return Page(int(status[:3]), body, request.bucket, request.key)


def _asked(url: object) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The request of a GET of the link: as it is sent, and with the bucket in the path; None if it is no link to us."""
    if not isinstance(url, str) or len(url) > _LONGEST or not re.fullmatch(r"https?://[!-~]+", url):
        return None
    try:
        place = urlsplit(url)
    except ValueError:
        return None
    found = _HOST.fullmatch(place.netloc)
    if not found:
        return None
    sent, path = place._replace(fragment=""), place.path or "/"
    plain = sent._replace(path=f"/{found['bucket']}{path}") if found["bucket"] else sent
    return _environ(sent.geturl(), place.netloc), _environ(plain.geturl(), "127.0.0.1")


def _environ(url: str, host: str) -> dict[str, Any]:
    return environ_of(AWSRequest(method="GET", url=url, headers={"host": host}).prepare())
