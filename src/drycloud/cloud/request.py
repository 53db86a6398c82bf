"""One request to the endpoint: what it asks for, read from its signature and its first line."""

import re
from typing import Any
from urllib.parse import parse_qs

from drycloud.report import Frozen

_SCOPE = re.compile(r"Credential=([^/,\s]{1,128})/(\d{8})/([a-z0-9-]{1,32})/([a-z0-9-]{1,32})/aws4_request")


class Target(Frozen, frozen=True):
    """Whom a request addresses: service, region and access key, as its signature says."""

    service: str
    region: str
    access_key: str


def target_of(environ: dict[str, Any]) -> Target | None:
    """The target of a signed request (header, or presigned query), or None when it carries no signature."""
    header = environ.get("HTTP_AUTHORIZATION", "")
    found = _SCOPE.search(header)
    if found:
        return Target(service=found[4], region=found[3], access_key=found[1])
    query = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=100)
    credential = query.get("X-Amz-Credential", [""])[0]
    found = _SCOPE.search(f"Credential={credential}")
    if found:
        return Target(service=found[4], region=found[3], access_key=found[1])
    old = re.match(r"AWS ([^:\s]{1,128}):", header)  # SigV2: S3 alone still takes it
    key = old[1] if old else query.get("AWSAccessKeyId", [""])[0]
    return Target(service="s3", region="us-east-1", access_key=key) if key else None


def error_answer(service: str, status: str, code: str, message: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """An error in the shape that the service's clients read: status line, headers, body."""
    if service == "s3":
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>drycloud</RequestId></Error>"
    elif service == "ec2":
        error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        body = f"<Response><Errors>{error}</Errors><RequestID>drycloud</RequestID></Response>"
    else:
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        body = f"<ErrorResponse>{error}<RequestId>drycloud</RequestId></ErrorResponse>"
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
    return status, [("Content-Type", "text/xml"), ("Content-Length", str(len(data)))], data
