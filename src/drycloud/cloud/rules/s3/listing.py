"""Lists of objects and versions, in pages, as AWS returns them.

moto returns pages of any size (183), without common prefixes in them, fails on tokens that are not its own (184),
and copies the content of all objects to list versions.
"""

import base64
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, before, document

_PAGE = 1000
_OWNER = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"  # moto's id of the account's owner


class _Page(NamedTuple):
    """A page: entries are (key, version or marker or object), or (common prefix, None)."""

    entries: list[tuple[str, Any]]
    truncated: bool


class _Words:
    """The parameters of a request for a list; texts of its answer are encoded if it requests that."""

    def __init__(self, request: AwsRequest):
        self.request = request
        self.bucket = bucket_of(request)
        self.prefix, self.delimiter = request.query.get("prefix", ""), request.query.get("delimiter", "")
        self.size = _size(request)
        self.encoding = request.query.get("encoding-type")
        if self.encoding not in (None, "url"):
            raise AwsError("InvalidArgument", "Invalid Encoding Method specified in Request")

    def text(self, value: str) -> str:
        """A key or a prefix as it is in the answer."""
        return quote(value, safe="/-_.*") if self.encoding == "url" else escape(value)

    def tag(self, name: str, value: object, *, key: bool = False, always: bool = False) -> str:
        """An element; left out without a value, unless `always`."""
        if value in (None, "") and not always:
            return ""
        return f"<{name}>{self.text(str(value)) if key else escape(str(value))}</{name}>"

    def end(self, page: _Page) -> str:
        """The common prefixes, and the encoding of keys."""
        shared = "".join(
            f"<CommonPrefixes><Prefix>{self.text(p)}</Prefix></CommonPrefixes>" for p, v in page.entries if v is None
        )
        return shared + self.tag("EncodingType", self.encoding)


@before("s3", "ListObjectsV2")
def objects_by_token(request: AwsRequest) -> Answer:
    """ListObjectsV2 (183, 184)."""
    words = _Words(request)
    token, start = request.query.get("continuation-token"), request.query.get("start-after", "")
    page = _page(words, _currents(words, start if token is None else _opened(token)))
    owner = request.query.get("fetch-owner", "").lower() == "true"
    listed = [_object(words, v, owner) for _, v in page.entries if v is not None]
    following = _token(page.entries[-1][0]) if page.truncated else ""
    start = start if token is None else ""
    body = [
        words.tag("Name", words.bucket.name),
        words.tag("Prefix", words.prefix, key=True, always=True),
        words.tag("KeyCount", len(page.entries)),
        words.tag("MaxKeys", words.size),
        words.tag("Delimiter", words.delimiter, key=True),
        words.tag("IsTruncated", str(page.truncated).lower()),
        words.tag("ContinuationToken", token),
        words.tag("NextContinuationToken", following),
        words.tag("StartAfter", start, key=True),
        *listed,
        words.end(page),
    ]
    return document("ListBucketResult", "".join(body))


@before("s3", "ListObjects")
def objects_by_marker(request: AwsRequest) -> Answer:
    """ListObjects, the older form (183, 243)."""
    words = _Words(request)
    marker = request.query.get("marker", "")
    page = _page(words, _currents(words, marker))
    body = [
        words.tag("Name", words.bucket.name),
        words.tag("Prefix", words.prefix, key=True, always=True),
        words.tag("Marker", marker, key=True, always=True),
        words.tag("MaxKeys", words.size),
        words.tag("Delimiter", words.delimiter, key=True),
        words.tag("IsTruncated", str(page.truncated).lower()),
        words.tag("NextMarker", page.entries[-1][0] if page.truncated and words.delimiter else "", key=True),
        *[_object(words, v, owner=True) for _, v in page.entries if v is not None],
        words.end(page),
    ]
    return document("ListBucketResult", "".join(body))


@before("s3", "ListObjectVersions")
def versions_by_marker(request: AwsRequest) -> Answer:
    """ListObjectVersions: versions and delete markers in one order, the newest of each key first (243)."""
    words = _Words(request)
    marker, of_version = request.query.get("key-marker", ""), request.query.get("version-id-marker", "")
    if of_version and not marker:
        raise AwsError("InvalidArgument", "A version-id marker cannot be specified without a key marker.")
    page = _page(words, _versions(words, marker, of_version))
    last, version = page.entries[-1] if page.truncated else ("", None)
    if version is not None:
        _ends(words)[last, version.version_id] = version.last_modified
    body = [
        words.tag("Name", words.bucket.name),
        words.tag("Prefix", words.prefix, key=True, always=True),
        words.tag("KeyMarker", marker, key=True, always=True),
        words.tag("VersionIdMarker", of_version, always=True),
        words.tag("NextKeyMarker", last, key=True),
        words.tag("NextVersionIdMarker", version and version.version_id),
        words.tag("MaxKeys", words.size),
        words.tag("Delimiter", words.delimiter, key=True),
        words.tag("IsTruncated", str(page.truncated).lower()),
        *[_version(words, v) for _, v in page.entries if v is not None],
        words.end(page),
    ]
    return document("ListVersionsResult", "".join(body))


# --- pages ------------------------------------------------------------------------------------------------------------


def _size(request: AwsRequest) -> int:
    text = request.query.get("max-keys") or str(_PAGE)
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise AwsError("InvalidArgument", "Provided max-keys not an integer or within integer range")
    return min(int(text), _PAGE)


def _currents(words: _Words, after: str) -> Iterator[tuple[str, Any]]:
    for key in _keys(words, after):
        current = words.bucket.keys[key]
        if hasattr(current, "value"):
            yield key, current


def _versions(words: _Words, after: str, of_version: str) -> Iterator[tuple[str, Any]]:
    if of_version:
        marked_at = _time_of_marker(words, after, of_version)
        for version in reversed(words.bucket.keys.getlist(after, [])):
            if version.last_modified < marked_at:
                yield after, version
    for key in _keys(words, after):
        for version in reversed(words.bucket.keys.getlist(key)):
            yield key, version


def _keys(words: _Words, after: str) -> list[str]:
    """The keys after a key, or after all keys with that common prefix; sorted by bytes."""
    fitting = [key for key in words.bucket.keys if key.startswith(words.prefix) and key > after]
    return sorted(key for key in fitting if not after or _common(words, key) != after)


def _page(words: _Words, entries: Iterator[tuple[str, Any]]) -> _Page:
    """As many entries as fit; keys with a common prefix count as one."""
    found: list[tuple[str, Any]] = []
    for entry in _grouped(words, entries):
        if len(found) == words.size:
            return _Page(found, truncated=words.size > 0)
        found.append(entry)
    return _Page(found, truncated=False)


def _grouped(words: _Words, entries: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    if not words.delimiter:
        yield from entries
        return
    for shared, members in groupby(entries, lambda entry: _common(words, entry[0])):
        if shared is None:
            yield from members
        else:
            yield shared, None


def _common(words: _Words, key: str) -> str | None:
    place = key.find(words.delimiter, len(words.prefix)) if words.delimiter else -1
    return None if place < 0 else key[: place + len(words.delimiter)]


def _time_of_marker(words: _Words, key: str, version_id: str) -> Any:
    """The time of the version with which a page ended; it may have been deleted since."""
    kept = {v.version_id: v.last_modified for v in words.bucket.keys.getlist(key, [])}
    found = kept.get(version_id) or _ends(words).get((key, version_id))
    if found is None:
        raise AwsError(
            "InvalidArgument", "Invalid version id specified", elements={"ArgumentName": "version-id-marker"}
        )
    return found


def _ends(words: _Words) -> dict[tuple[str, str], Any]:
    """The times of the versions with which pages ended, stored with the bucket."""
    found: dict[tuple[str, str], Any] = vars(words.bucket).setdefault("drycloud_ends", {})
    return found


def _token(name: str) -> str:
    return base64.urlsafe_b64encode(b"1" + name.encode()).decode()


def _opened(token: str) -> str:
    try:
        data = base64.urlsafe_b64decode(token)
        if data[:1] == b"1":
            return data[1:].decode()
    except ValueError:
        pass
    raise AwsError("InvalidArgument", "The continuation token provided is incorrect")


# --- the answer -------------------------------------------------------------------------------------------------------


def _object(words: _Words, key: Any, owner: bool) -> str:
    return f"<Contents><Key>{words.text(key.name)}</Key>{_about(key)}{_owner() if owner else ''}</Contents>"


def _version(words: _Words, version: Any) -> str:
    latest = words.bucket.keys[version.name] is version
    name = f"<Key>{words.text(version.name)}</Key><VersionId>{version.version_id}</VersionId>"
    name += f"<IsLatest>{str(latest).lower()}</IsLatest>{_owner()}"
    if hasattr(version, "value"):
        return f"<Version>{name}{_about(version)}</Version>"
    return f"<DeleteMarker>{name}<LastModified>{_time(version)}</LastModified></DeleteMarker>"


def _about(key: Any) -> str:
    algorithm = f"<ChecksumAlgorithm>{key.checksum_algorithm}</ChecksumAlgorithm>" if key.checksum_algorithm else ""
    return (
        f"<LastModified>{_time(key)}</LastModified><ETag>{escape(key.etag)}</ETag><Size>{key.size}</Size>"
        f"<StorageClass>{key.storage_class}</StorageClass>{algorithm}"
    )


def _time(version: Any) -> str:
    """The time in milliseconds. AWS cuts it to seconds, which makes no difference to a slow user.

    Here a file may be made and stored within a second, and `aws s3 sync` would find it newer than the object.
    """
    return f"{version.last_modified:%Y-%m-%dT%H:%M:%S}.{version.last_modified.microsecond // 1000:03}Z"


def _owner() -> str:
    return f"<Owner><ID>{_OWNER}</ID><DisplayName>webfile</DisplayName></Owner>"
