"""Objects: validation of uploads, versions and copies."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from drycloud.cloud.patches.buckets import default_encryption
from drycloud.cloud.request.aws_request import AwsError, AwsRequest, malformed_xml
from drycloud.cloud.request.digests import ALGORITHMS, checksum, is_digest
from drycloud.cloud.rules.lookup import bucket_of, delete_marker_error
from drycloud.cloud.rules.registry import Answer, after, before, document
from drycloud.cloud.rules.s3.access import copy_source, is_allowed

_FORMS, _TYPE = ("application/x-www-form-urlencoded", "multipart/form-data"), "drycloud.type"
_LONGEST_KEY, _LARGEST_METADATA, _MOST_DELETED = 1024, 2048, 1000  # bytes, bytes, keys


@before("s3", "*")
def body_matches_its_digest(request: AwsRequest) -> None:
    """A digest in a request must match the body; moto accepts any (210, 211)."""
    claimed = request.header("content-md5")
    if claimed is not None:
        if not is_digest("md5", claimed):
            raise AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.")
        if checksum("md5", request.body) != claimed:
            raise AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.")
    if request.operation == "CompleteMultipartUpload":
        return  # its checksums are for the object, not for its own body
    for algorithm in ALGORITHMS:
        claimed = request.environ.get(f"HTTP_X_AMZ_CHECKSUM_{algorithm.upper()}")
        if claimed is not None:
            _compare(algorithm, claimed, request.body)


def _compare(algorithm: str, claimed: str, body: bytes) -> None:
    if not is_digest(algorithm, claimed):
        raise AwsError("InvalidRequest", f"Value for x-amz-checksum-{algorithm} header is invalid.")
    if checksum(algorithm, body) != claimed:
        words = f"The {algorithm.upper()} you specified did not match the calculated checksum."
        raise AwsError("BadDigest", words)


@before("s3", "*")
def keys_may_have_line_ends(request: AwsRequest) -> None:
    """moto reads the key from the raw URI, but finds no route for a path with a line end (238)."""
    if "\n" in request.key:
        request.environ["PATH_INFO"] = str(request.environ.get("PATH_INFO", "")).replace("\n", " ")


@before("s3", "PutObject", "UploadPart")
def checksum_is_stored(request: AwsRequest) -> None:
    """Store it with the object, by algorithm; moto stores one only if the header of SDKs names it (211)."""
    given = [name for name in ALGORITHMS if request.header(f"x-amz-checksum-{name}") is not None]
    if given:
        request.environ["HTTP_X_AMZ_SDK_CHECKSUM_ALGORITHM"] = given[0].upper()
    named = (request.header("x-amz-sdk-checksum-algorithm") or "").lower()
    if named and request.header(f"x-amz-checksum-{named}") is None:
        words = "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* header was found."
        raise AwsError("InvalidRequest", words)


@before("s3", "PutObject", "UploadPart")
def form_bodies_are_plain_bytes(request: AwsRequest) -> None:
    """moto parses a body with a form's content type, and stores nothing (237); urllib sends that type for any body."""
    if any(word in request.environ.get("CONTENT_TYPE", "").lower() for word in _FORMS):
        request.environ["CONTENT_TYPE"], request.environ[_TYPE] = "binary/octet-stream", request.environ["CONTENT_TYPE"]


@after("s3", "PutObject")
def form_bodies_keep_their_type(request: AwsRequest, answer: Answer) -> None:
    """The object gets the content type of the request (237)."""
    del answer
    if _TYPE in request.environ:
        bucket_of(request).keys[request.key].metadata["Content-Type"] = request.environ[_TYPE]


@before("s3", "PutObject", "CopyObject", "CreateMultipartUpload")
def key_and_metadata_are_not_too_long(request: AwsRequest) -> None:
    """moto accepts any length (213)."""
    if len(request.key.encode("utf-8", "replace")) > _LONGEST_KEY:
        raise AwsError("KeyTooLongError", "Your key is too long")
    metadata = [
        (n.removeprefix("HTTP_X_AMZ_META_"), v) for n, v in request.environ.items() if n.startswith("HTTP_X_AMZ_META_")
    ]
    if sum(len(name) + len(str(value)) for name, value in metadata) > _LARGEST_METADATA:
        words = "Your metadata headers exceed the maximum allowed metadata size"
        raise AwsError("MetadataTooLarge", words)


# --- reading ----------------------------------------------------------------------------------------------------------


@before("s3", "GetObject", "HeadObject", "GetObjectAcl", "GetObjectTagging", "GetObjectAttributes")
def delete_marker_is_not_an_object(request: AwsRequest) -> None:
    """A deleted object is gone, and the answer names its marker (177); the marker itself cannot be read (178)."""
    wanted = request.query.get("versionId")
    kept = bucket_of(request).keys.getlist(request.key, [])
    found = next((v for v in reversed(kept) if wanted in (None, v.version_id)), None)
    if found is None or hasattr(found, "value"):
        return
    headers = {"x-amz-delete-marker": "true", "x-amz-version-id": found.version_id}
    if wanted is None:
        words = "The specified key does not exist."
        raise AwsError("NoSuchKey", words, 404, elements={"Key": request.key}, headers=headers)
    raise delete_marker_error(request, headers | {"Allow": "DELETE"})


@before("s3", "SelectObjectContent")
def select_is_not_available(request: AwsRequest) -> None:
    """AWS has closed S3 Select to new accounts; moto decompresses and reads an object of any size.

    No row: it exists for the limits of a call's cost.
    """
    del request
    raise AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)


@before("s3", "DeleteObjectTagging", "RestoreObject", "PutObjectLegalHold", "PutObjectRetention")
def object_exists(request: AwsRequest) -> None:
    """moto fails if there is none (246)."""
    if request.s3.get_object(bucket_of(request).name, request.key, version_id=request.query.get("versionId")) is None:
        raise AwsError("NoSuchKey", "The specified key does not exist.", 404, elements={"Key": request.key})


@before("s3", "HeadObject")
def head_of_a_version_works(request: AwsRequest) -> None:
    """moto answers HEAD of a version only while versioning is on (239).

    It always answers GET, with the same headers.
    """
    wanted = request.query.get("versionId")
    if wanted is None:
        return
    if not re.fullmatch("null|[0-9a-f-]{36}", wanted):
        raise AwsError("InvalidArgument", "Invalid version id specified")
    request.environ["REQUEST_METHOD"] = "GET"


@before("s3", "GetObject", "HeadObject")
def invalid_conditions_are_ignored(request: AwsRequest) -> None:
    """AWS ignores a range or a date that it cannot read; moto fails (214)."""
    if not re.fullmatch(r"bytes=(\d{1,18}-\d{0,18}|-\d{1,18})", request.header("range") or "bytes=0-"):
        del request.environ["HTTP_RANGE"]
    for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"):
        if name in request.environ and _date(str(request.environ[name])) is None:
            del request.environ[name]
    if request.anonymous and any(word.startswith("response-") for word in request.query):
        words = "Request specific response headers cannot be used for anonymous GET requests."
        raise AwsError("InvalidRequest", words)


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


# --- copies -----------------------------------------------------------------------------------------------------------


@before("s3", "CopyObject")
def copy_changes_something(request: AwsRequest) -> None:
    """A copy onto itself must change something (214); moto does not check this with encryption."""
    name, key, version = copy_source(request)
    changes = ("x-amz-storage-class", "x-amz-server-side-encryption", "x-amz-website-redirect-location")
    if (
        (name, key) != (request.bucket, request.key)
        or version
        or request.header("x-amz-metadata-directive") == "REPLACE"
    ):
        return
    encrypts = bucket_of(request).encryption != default_encryption()  # the bucket's own setting counts as a change
    if not encrypts and not any(request.header(header) for header in changes):
        words = (
            "This copy request is illegal because it is trying to copy an object to itself without changing the "
            "object's metadata, storage class, website redirect location or encryption attributes."
        )
        raise AwsError("InvalidRequest", words)


@before("s3", "CopyObject", "UploadPartCopy")
def source_is_as_expected(request: AwsRequest) -> None:
    """Conditions on the source; moto supports one of the four (240). A deleted source does not exist."""
    bucket_of(request)
    name, key, version = copy_source(request)
    bucket = request.s3.buckets.get(name)
    if bucket is None:
        raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404, elements={"BucketName": name})
    kept = [v for v in bucket.keys.getlist(key, []) if version in (None, v.version_id)]
    if not kept or not hasattr(kept[-1], "value"):
        code, what = ("NoSuchVersion", "version") if version else ("NoSuchKey", "key")
        raise AwsError(code, f"The specified {what} does not exist.", 404, elements={"Key": key})
    failed = _failed_condition(request, kept[-1])
    if failed:
        words = "At least one of the pre-conditions you specified did not hold"
        raise AwsError("PreconditionFailed", words, 412, elements={"Condition": f"x-amz-copy-source-If-{failed}"})


def _failed_condition(request: AwsRequest, source: Any) -> str:
    """The condition on a copy's source that is false, or ''; one on the ETag has precedence over one on the time."""
    tag, made = source.etag.strip('"'), source.last_modified.replace(microsecond=0)
    match, none = (request.header(f"x-amz-copy-source-if-{word}") for word in ("match", "none-match"))
    since, before_then = (
        _naive(request.header(f"x-amz-copy-source-if-{word}")) for word in ("modified-since", "unmodified-since")
    )
    if match is not None:
        return "" if match.strip('"') == tag else "Match"
    if none is not None:
        return "" if none.strip('"') != tag else "None-Match"
    if since is not None and made <= since:
        return "Modified-Since"
    return "Unmodified-Since" if before_then is not None and made > before_then else ""


def _naive(text: str | None) -> datetime | None:
    found = _date(text) if text else None
    return None if found is None else found.replace(tzinfo=None)


# --- deleting many ----------------------------------------------------------------------------------------------------


@before("s3", "DeleteObjects")
def each_key_is_deleted_separately(request: AwsRequest) -> Answer:
    """Each key is deleted separately; moto accepts any number (185), and does not return deleted markers."""
    bucket = bucket_of(request)
    wanted = request.document.findall("Object")
    if len(wanted) > _MOST_DELETED:
        raise malformed_xml()
    if request.header("content-md5") is None and not any(
        request.header(f"x-amz-checksum-{name}") for name in ALGORITHMS
    ):
        raise AwsError("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*")
    quiet = request.document.findtext("Quiet", "").lower() == "true"
    told = "".join(text for one in wanted for text, failed in _deleted(request, bucket, one) if failed or not quiet)
    return document("DeleteResult", told)


def _deleted(request: AwsRequest, bucket: Any, one: Element) -> Iterator[tuple[str, bool]]:
    """The part of the answer for one deletion, and whether it failed."""
    from moto.s3.exceptions import AccessDeniedByLock

    key, version = one.findtext("Key") or "", one.findtext("VersionId") or None
    told = f"<Key>{escape(key)}</Key>" + (f"<VersionId>{escape(version)}</VersionId>" if version else "")
    action = "s3:DeleteObjectVersion" if version else "s3:DeleteObject"
    if not request.trusted and not is_allowed(request, bucket, action, key):
        yield f"<Error>{told}<Code>AccessDenied</Code><Message>Access Denied</Message></Error>", True
        return
    try:
        bypass = (request.header("x-amz-bypass-governance-retention") or "").lower() == "true"
        _, about = request.s3.delete_object(bucket.name, key, version_id=version, bypass=bypass)
    except AccessDeniedByLock:
        words = "Access Denied because object protected by object lock."
        yield f"<Error>{told}<Code>AccessDenied</Code><Message>{words}</Message></Error>", True
        return
    if "delete-marker" in about:
        id = about["version-id"]
        told += f"<DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>{id}</DeleteMarkerVersionId>"
    yield f"<Deleted>{told}</Deleted>", False
