"""Objects that are encrypted with a customer-provided key (SSE-C): reading them requires that key."""

import base64
import binascii
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.digests import checksum
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, after, before
from drycloud.cloud.rules.s3.access import copy_source

_OF_OBJECT, _OF_SOURCE = "x-amz-server-side-encryption-customer", "x-amz-copy-source-server-side-encryption-customer"
_KEPT = "drycloud_customer_key"  # on moto's objects and uploads: the MD5 of the key
_LENGTH = 32  # bytes of a key for AES256
_READING = ("GetObject", "HeadObject", "GetObjectAttributes", "SelectObjectContent")
_WRITING = ("PutObject", "CopyObject", "CreateMultipartUpload")


@before("s3", *_WRITING, *_READING, "UploadPart", "UploadPartCopy")
def customer_key_is_valid(request: AwsRequest) -> None:
    """moto does not validate it (291)."""
    given = _key_md5(request, _OF_OBJECT)
    if given and request.header("x-amz-server-side-encryption") is not None:
        words = "Server Side Encryption with Customer provided key is incompatible with the encryption method specified"
        raise AwsError("InvalidArgument", words)


@before("s3", *_READING)
def reader_has_the_key(request: AwsRequest) -> None:
    """To read an object, a request sends the key that it was stored with (291)."""
    kept = bucket_of(request).keys.getlist(request.key, [])
    _compare(_found(kept, request.query.get("versionId")), _key_md5(request, _OF_OBJECT))


@before("s3", "CopyObject", "UploadPartCopy")
def copier_has_the_key(request: AwsRequest) -> None:
    """A copy reads its source (291)."""
    name, key, version = copy_source(request)
    bucket = request.s3.buckets.get(name)
    if bucket is not None:
        _compare(_found(bucket.keys.getlist(key, []), version), _key_md5(request, _OF_SOURCE))


@before("s3", "UploadPart", "UploadPartCopy")
def parts_have_the_key_of_their_upload(request: AwsRequest) -> None:
    """All parts are stored with one key (291)."""
    upload = bucket_of(request).multiparts.get(request.query.get("uploadId", ""))
    if upload is not None and getattr(upload, _KEPT, "") != _key_md5(request, _OF_OBJECT):
        words = (
            "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate "
            "encryption parameters."
        )
        raise AwsError("InvalidRequest", words)


@after("s3", *_WRITING, *_READING, "UploadPart", "UploadPartCopy")
def customer_key_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """A stored object keeps the digest of its key, and answers return it instead of S3's own encryption (291)."""
    given = _key_md5(request, _OF_OBJECT)
    if not given:
        return answer
    if request.operation == "CreateMultipartUpload":
        vars(_newest_upload(request))[_KEPT] = given
    elif request.operation in _WRITING:
        vars(bucket_of(request).keys[request.key])[_KEPT] = given
    headers = [(name, value) for name, value in answer[1] if name.lower() != "x-amz-server-side-encryption"]
    told = [(f"{_OF_OBJECT}-algorithm", "AES256"), (f"{_OF_OBJECT}-key-MD5", given)]
    return answer[0], [*headers, *told], answer[2]


@before("s3", "CompleteMultipartUpload")
def upload_passes_its_key_on(request: AwsRequest) -> None:
    """To its object, which moto makes from the same upload (291)."""
    upload = bucket_of(request).multiparts.get(request.query.get("uploadId", ""))
    request.environ[_KEPT] = getattr(upload, _KEPT, "")


@after("s3", "CompleteMultipartUpload")
def object_of_an_upload_keeps_its_key(request: AwsRequest, answer: Answer) -> None:
    """As above (291)."""
    del answer
    if request.environ.get(_KEPT) and request.key in bucket_of(request).keys:
        vars(bucket_of(request).keys[request.key])[_KEPT] = request.environ[_KEPT]


def _newest_upload(request: AwsRequest) -> Any:
    return list(bucket_of(request).multiparts.values())[-1]


def _found(kept: list[Any], version: str | None) -> Any:
    return next((v for v in reversed(kept) if version in (None, v.version_id)), None)


def _compare(found: Any, given: str) -> None:
    """Raise the AwsError for a request with no key, another key, or one where none is needed."""
    needed = getattr(found, _KEPT, "")
    if found is None or not hasattr(found, "value") or needed == given:
        return
    if not needed:
        raise AwsError("InvalidRequest", "The encryption parameters are not applicable to this object.")
    if given:
        raise AwsError("AccessDenied", "Access Denied", 403)
    words = (
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
        "retrieve the object."
    )
    raise AwsError("InvalidRequest", words)


def _key_md5(request: AwsRequest, prefix: str) -> str:
    """The MD5 of the key in the headers, or '' without any of them; raises the AwsError for an invalid key."""
    algorithm, key, digest = (request.header(f"{prefix}-{word}") for word in ("algorithm", "key", "key-md5"))
    if algorithm is None and key is None and digest is None:
        return ""
    if algorithm is None:
        raise _missing("a valid encryption algorithm")
    if algorithm != "AES256":
        words = "The Encryption request you specified is not valid. Supported value: AES256."
        raise AwsError("InvalidEncryptionAlgorithmError", words)
    if not key:
        raise _missing("an appropriate secret key")
    if not digest:
        raise _missing("the client calculated MD5 of the secret key")
    data = _decoded(key)
    if len(data) != _LENGTH:
        raise AwsError("InvalidArgument", "The secret key was invalid for the specified algorithm.")
    if checksum("md5", data) != digest:
        words = "The calculated MD5 hash of the key did not match the hash that was provided."
        raise AwsError("InvalidArgument", words)
    return digest


def _missing(what: str) -> AwsError:
    words = f"Requests specifying Server Side Encryption with Customer provided keys must provide {what}."
    return AwsError("InvalidArgument", words)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
