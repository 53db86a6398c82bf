"""Version 4 of AWS's signature, computed for a received request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html describes it.
"""

import hashlib
import hmac
import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from drycloud.report import Frozen

ALGORITHM = "AWS4-HMAC-SHA256"
_STAMP = re.compile("[0-9]{8}T[0-9]{6}Z")


class Claim(Frozen, frozen=True):
    """The signature that a request claims; `credential` is the key and the scope."""

    credential: str
    stamp: str
    headers: str
    signature: str

    @property
    def scope(self) -> str:
        """Day, region, service and "aws4_request"."""
        return self.credential.partition("/")[2]

    @property
    def names(self) -> list[str]:
        """The headers that are signed."""
        return self.headers.lower().split(";")


def fits(claim: Claim, environ: dict[str, Any], pairs: list[tuple[str, str]], payload: str, secret: str) -> bool:
    """Whether this secret gives that signature for the request; `pairs` are the query's."""
    canonical = "\n".join(
        [
            str(environ.get("REQUEST_METHOD", "")),
            _path(environ),
            "&".join(f"{name}={value}" for name, value in sorted((_quoted(n), _quoted(v)) for n, v in pairs)),
            *(f"{name}:{_header(environ, name)}" for name in claim.names),
            "",
            claim.headers,
            payload,
        ]
    )
    digest = hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()
    text = f"{ALGORITHM}\n{claim.stamp}\n{claim.scope}\n{digest}"
    return signed(text, claim.scope, secret, claim.signature) and claim.scope[:8] == claim.stamp[:8]


def signed(text: str, scope: str, secret: str, signature: str) -> bool:
    """Whether this secret gives that signature for a text."""
    told = hmac.digest(_signing_key(secret, scope), text.encode(), "sha256").hex()
    return hmac.compare_digest(told.encode(), signature.encode())


@lru_cache(maxsize=64)
def _signing_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def seconds(stamp: str) -> float | None:
    """The time of a time stamp, or None."""
    try:
        return datetime.fromisoformat(stamp).timestamp() if _STAMP.fullmatch(stamp) else None
    except ValueError:
        return None


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
