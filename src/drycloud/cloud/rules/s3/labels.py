"""Tags of buckets and objects."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import bucket_of, delete_marker_error
from drycloud.cloud.rules.registry import Answer, after, before

_LONGEST_KEY, _LONGEST_VALUE = 128, 256
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_MOST = {"Bucket": 50, "Object": 10}


@before("s3", "PutBucketTagging")
def put_bucket_tags(request: AwsRequest) -> Answer:
    """moto does not allow an empty value, and then returns no tags at all (244)."""
    bucket = bucket_of(request)
    request.s3.put_bucket_tagging(bucket.name, _tags(request.document.iter("Tag"), "Bucket"))
    return "204 No Content", [], b""


@before("s3", "PutObjectTagging")
def put_object_tags(request: AwsRequest) -> Answer:
    """An empty set removes all tags; moto fails on it (245)."""
    kept = bucket_of(request).keys.getlist(request.key, [])
    wanted = request.query.get("versionId")
    found = next((v for v in reversed(kept) if wanted in (None, v.version_id)), None)
    if wanted is None and (found is None or not hasattr(found, "value")):
        raise AwsError("NoSuchKey", "The specified key does not exist.", 404, elements={"Key": request.key})
    if found is None:
        about = {"Key": request.key, "VersionId": str(wanted)}
        raise AwsError("NoSuchVersion", "The specified version does not exist.", 404, elements=about)
    if not hasattr(found, "value"):
        raise delete_marker_error(request)
    request.s3.put_object_tagging(found, _tags(request.document.iter("Tag"), "Object"))
    return "200 OK", [("x-amz-version-id", found.version_id)] if found.version_id != "null" else [], b""


@before("s3", "CreateBucket")
def tags_of_a_new_bucket_are_valid(request: AwsRequest) -> None:
    """A new bucket can have tags; with invalid ones it is not created (236)."""
    _at_once(request)


@after("s3", "CreateBucket")
def new_bucket_gets_its_tags(request: AwsRequest, answer: Answer) -> None:
    """moto ignores them (236)."""
    del answer
    tags = _at_once(request)
    if tags:
        request.s3.put_bucket_tagging(request.bucket, tags)


@before("s3", "PutObject", "CreateMultipartUpload", "CopyObject")
def tags_of_a_new_object_are_valid(request: AwsRequest) -> None:
    """moto stores the object before it validates its tags.

    No row: only the effect of a refused call differs (test_effects).
    """
    text = request.header("x-amz-tagging")
    if not text or (
        request.operation == "CopyObject" and (request.header("x-amz-tagging-directive") or "COPY") == "COPY"
    ):
        return
    words = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name"
    wrong = AwsError("InvalidArgument", f"{words} duplicates.", elements={"ArgumentName": "x-amz-tagging"})
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise wrong from None
    if _BAD_ESCAPE.search(text) or len(dict(pairs)) < len(pairs):
        raise wrong
    _refuse_bad(pairs, "Object")


def _at_once(request: AwsRequest) -> dict[str, str]:
    return _tags(request.document.findall("Tags/Tag"), "Bucket") if request.body.strip() else {}


def _tags(elements: Iterable[Element], kind: str) -> dict[str, str]:
    pairs = [(element.findtext("Key") or "", element.findtext("Value") or "") for element in elements]
    _refuse_bad(pairs, kind)
    return dict(pairs)


def _refuse_bad(pairs: list[tuple[str, str]], kind: str) -> None:
    if len(pairs) > _MOST[kind]:
        raise AwsError("BadRequest", f"{kind} tags cannot be greater than {_MOST[kind]}")
    if len(dict(pairs)) < len(pairs):
        raise AwsError("InvalidTag", "Cannot provide multiple Tags with the same key")
    for key, value in pairs:
        if key.startswith("aws:"):
            raise AwsError("InvalidTag", "System tags cannot be added/updated by requester")
        if not 0 < len(key) <= _LONGEST_KEY or len(value) > _LONGEST_VALUE:
            words = f"A tag's key has 1 to {_LONGEST_KEY} characters, its value {_LONGEST_VALUE} at most."
            raise AwsError("InvalidTag", words)
