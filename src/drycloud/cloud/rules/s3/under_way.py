"""Lists of uploads in progress, and of their parts: initiator, time and storage class."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, after, before, document, edited
from drycloud.cloud.state.policy import OWNER

_PAGE = 1000
_ALWAYS = ("KeyMarker", "UploadIdMarker")
_BEGUN = "drycloud_begun"  # on moto's uploads: when
_ID = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"  # moto's id of the account's owner
_OWNER = f"<Owner><ID>{_ID}</ID><DisplayName>webfile</DisplayName></Owner>"
_INITIATOR = f"<Initiator><ID>{OWNER}</ID><DisplayName>{OWNER.rpartition('/')[2]}</DisplayName></Initiator>"


@after("s3", "CreateMultipartUpload")
def upload_begins_now(request: AwsRequest, answer: Answer) -> None:
    """moto returns 2010 as the start of all uploads (293)."""
    del answer
    newest = list(bucket_of(request).multiparts.values())[-1]
    vars(newest)[_BEGUN] = datetime.now(UTC)


@before("s3", "ListMultipartUploads")
def uploads_in_pages(request: AwsRequest) -> Answer:
    """moto lists all of them by time, each with the same owner and storage class (293)."""
    encoding = request.query.get("encoding-type")
    if encoding not in (None, "url"):
        raise AwsError("InvalidArgument", "Invalid Encoding Method specified in Request")
    text = partial(quote, safe="/-_.*") if encoding else escape
    marker, of_upload, size = (
        request.query.get("key-marker", ""),
        request.query.get("upload-id-marker", ""),
        _size(request),
    )
    fitting = _behind(_entries(request), marker, of_upload)
    page = fitting[:size]
    last = page[-1] if page and len(fitting) > size else ("", None)
    told = [
        ("KeyMarker", text(marker)),
        ("UploadIdMarker", escape(of_upload)),
        ("NextKeyMarker", text(last[0])),
        ("NextUploadIdMarker", getattr(last[1], "id", "")),
        ("Prefix", text(request.query.get("prefix", ""))),
        ("Delimiter", text(request.query.get("delimiter", ""))),
        ("EncodingType", encoding or ""),
    ]
    body = [f"<Bucket>{request.bucket}</Bucket>"]
    body += [f"<{name}>{value}</{name}>" for name, value in told if value or name in _ALWAYS]
    body += [f"<MaxUploads>{size}</MaxUploads><IsTruncated>{str(bool(last[0])).lower()}</IsTruncated>"]
    body += [_told(upload, text(name)) for name, upload in page if upload is not None]
    body += [f"<CommonPrefixes><Prefix>{text(name)}</Prefix></CommonPrefixes>" for name, u in page if u is None]
    return document("ListMultipartUploadsResult", "".join(body))


def _entries(request: AwsRequest) -> list[tuple[str, Any]]:
    """(key, upload), or (common prefix, None), sorted by name, uploads of one key by time."""
    prefix, delimiter = request.query.get("prefix", ""), request.query.get("delimiter", "")
    found: dict[tuple[str, str], tuple[str, Any]] = {}
    for upload in sorted(bucket_of(request).multiparts.values(), key=lambda u: (u.key_name, vars(u)[_BEGUN])):
        place = upload.key_name.find(delimiter, len(prefix)) if delimiter else -1
        if not upload.key_name.startswith(prefix):
            continue
        if place < 0:
            found[upload.key_name, upload.id] = upload.key_name, upload
        else:
            shared = upload.key_name[: place + len(delimiter)]
            found[shared, ""] = shared, None
    return list(found.values())


def _behind(entries: list[tuple[str, Any]], after_key: str, after_id: str) -> list[tuple[str, Any]]:
    """Without an id all uploads of the marker's key are left out, with an id those up to it."""
    if not after_key:
        return entries  # an id without a key is ignored
    of_key = [entry for entry in entries if entry[0] == after_key]
    ids = [getattr(upload, "id", "") for _, upload in of_key]
    left = of_key[ids.index(after_id) + 1 :] if after_id in ids and after_id else []
    return [*left, *(entry for entry in entries if entry[0] > after_key)]


def _size(request: AwsRequest) -> int:
    text = request.query.get("max-uploads") or str(_PAGE)
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise AwsError("InvalidArgument", "Provided max-uploads not an integer or within integer range")
    return min(int(text), _PAGE)


def _told(upload: Any, key: str) -> str:
    algorithm, kind = (upload.metadata.get(f"x-amz-checksum-{word}") for word in ("algorithm", "type"))
    return (
        f"<Upload><Key>{key}</Key><UploadId>{upload.id}</UploadId>{_INITIATOR}{_OWNER}"
        f"<StorageClass>{upload.storage or 'STANDARD'}</StorageClass>"
        f"<Initiated>{vars(upload)[_BEGUN]:%Y-%m-%dT%H:%M:%S}.000Z</Initiated>"
        + (f"<ChecksumAlgorithm>{escape(algorithm)}</ChecksumAlgorithm>" if algorithm else "")
        + (f"<ChecksumType>{escape(kind)}</ChecksumType>" if kind else "")
        + "</Upload>"
    )


@after("s3", "ListParts")
def parts_have_the_class_of_their_upload(request: AwsRequest, answer: Answer) -> Answer:
    """moto returns the storage class STANDARD and the bucket's owner for any upload (293)."""
    upload = bucket_of(request).multiparts[request.query["uploadId"]]
    algorithm, kind = (upload.metadata.get(f"x-amz-checksum-{word}") for word in ("algorithm", "type"))
    more = f"<ChecksumAlgorithm>{escape(algorithm)}</ChecksumAlgorithm>" if algorithm else ""
    more += f"<ChecksumType>{escape(kind)}</ChecksumType>" if kind else ""
    answer = edited(answer, "<Initiator>.*?</Initiator>", lambda _: _INITIATOR + more)
    said = f"<StorageClass>{upload.storage or 'STANDARD'}</StorageClass>"
    return edited(answer, "<StorageClass>.*?</StorageClass>", lambda _: said)


@after("s3", "CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload")
def encryption_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """moto returns it only for whole objects (293)."""
    if any(name.lower().startswith("x-amz-server-side-encryption") for name, _ in answer[1]):
        return answer
    upload = bucket_of(request).multiparts.get(request.query.get("uploadId", ""))
    if request.operation == "CreateMultipartUpload":
        upload = list(bucket_of(request).multiparts.values())[-1]
    found = upload if upload is not None else bucket_of(request).keys.get(request.key)
    if "drycloud_customer_key" in vars(found):
        return answer
    kind = getattr(found, "sse_encryption", None) or getattr(found, "encryption", None) or _default(request)
    return answer[0], [*answer[1], ("x-amz-server-side-encryption", kind)], answer[2]


def _default(request: AwsRequest) -> str:
    rule: dict[str, Any] = bucket_of(request).encryption["Rule"]["ApplyServerSideEncryptionByDefault"]
    return str(rule["SSEAlgorithm"])


@after("s3", "CompleteMultipartUpload")
def version_is_returned_if_versioned(request: AwsRequest, answer: Answer) -> Answer:
    """moto returns "null" in buckets that never had versions (293)."""
    if bucket_of(request).versioning_status:
        return answer
    return answer[0], [(n, v) for n, v in answer[1] if n.lower() != "x-amz-version-id"], answer[2]
