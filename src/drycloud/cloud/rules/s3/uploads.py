"""Multipart uploads: parts belong to an upload in progress, and are assembled in order."""

import re
from itertools import pairwise
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest, malformed_xml
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import before
from drycloud.cloud.rules.s3.access import copy_source

_MOST_PARTS = 10_000


@before("s3", "UploadPart", "UploadPartCopy", "AbortMultipartUpload", "ListParts")
def upload_is_in_progress(request: AwsRequest) -> None:
    """moto raises a Python error (207), and ignores the key."""
    _upload(request)


@before("s3", "UploadPart", "UploadPartCopy")
def part_has_a_number(request: AwsRequest) -> None:
    """From 1 to 10,000 (206)."""
    number = request.query.get("partNumber", "")
    if not re.fullmatch(r"\d{1,9}", number) or not 1 <= int(number) <= _MOST_PARTS:
        words = "Part number must be an integer between 1 and 10000, inclusive"
        raise AwsError("InvalidArgument", words, elements={"ArgumentName": "partNumber", "ArgumentValue": number})


@before("s3", "UploadPartCopy")
def source_range_is_valid(request: AwsRequest) -> None:
    """moto uses the whole object if it cannot read the range (242)."""
    told = request.header("x-amz-copy-source-range")
    if told is None:
        return
    name, key, version = copy_source(request)
    kept = request.s3.get_object(name, key, version_id=version)
    found = re.fullmatch(r"bytes=(\d{1,18})-(\d{1,18})", told)
    if not found or not int(found[1]) <= int(found[2]) < kept.size:
        raise AwsError("InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last.")


@before("s3", "CreateMultipartUpload")
def upload_begins_without_a_body(request: AwsRequest) -> None:
    """moto recognises the operation by its empty body (241)."""
    request.body = b""


@before("s3", "CompleteMultipartUpload")
def parts_are_in_order(request: AwsRequest) -> None:
    """moto ignores the order (207), and fails on an incomplete part."""
    stored = request.s3.get_object(bucket_of(request).name, request.key)
    if stored is None or not stored.multipart or stored.multipart.id != request.query.get("uploadId"):
        _upload(request)  # an upload can be completed twice
    if not request.body.strip():
        raise AwsError("InvalidRequest", "You must specify at least one part")
    parts = request.document.findall("Part")
    if not parts or any(part.find("PartNumber") is None or not part.findtext("ETag") for part in parts):
        raise malformed_xml()
    numbers = [int(part.findtext("PartNumber", "0")) for part in parts]
    if any(one >= other for one, other in pairwise(numbers)):
        words = (
            "The list of parts was not in ascending order. The parts list must be specified in order by part number."
        )
        raise AwsError("InvalidPartOrder", words)


def _upload(request: AwsRequest) -> Any:
    found = bucket_of(request).multiparts.get(request.query.get("uploadId", ""))
    if found is None or found.key_name != request.key:
        words = (
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
            "completed."
        )
        raise AwsError("NoSuchUpload", words, 404, elements={"UploadId": request.query.get("uploadId", "")})
    return found
