"""Parts of objects that were uploaded in parts: each can be read by its number."""

import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, after, before

_MOST = 10_000
_SIZES = "drycloud_parts"  # on moto's objects: the number and size of each part
_COUNT = "drycloud.parts"


@before("s3", "CompleteMultipartUpload")
def parts_of_the_object_are_recorded(request: AwsRequest) -> None:
    """The parts that were completed, not all that were uploaded (292)."""
    upload = bucket_of(request).multiparts.get(request.query.get("uploadId", ""))
    if upload is None:
        return
    numbers = [int(part.findtext("PartNumber", "0")) for part in request.document.findall("Part")]
    request.environ[_SIZES] = [(number, upload.parts[number].size) for number in numbers if number in upload.parts]


@after("s3", "CompleteMultipartUpload")
def parts_are_stored_with_the_object(request: AwsRequest, answer: Answer) -> None:
    """As above (292)."""
    del answer
    if _SIZES in request.environ and request.key in bucket_of(request).keys:
        vars(bucket_of(request).keys[request.key])[_SIZES] = request.environ[_SIZES]


@before("s3", "GetObject", "HeadObject")
def part_is_a_range(request: AwsRequest) -> None:
    """moto returns the whole object (292); an object that was not uploaded in parts is its own part 1."""
    text = request.query.pop("partNumber", None)
    if text is None:
        return
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= _MOST:
        words = "Part number must be an integer between 1 and 10000, inclusive"
        raise AwsError("InvalidArgument", words, elements={"ArgumentName": "partNumber", "ArgumentValue": text})
    if "HTTP_RANGE" in request.environ:
        raise AwsError("InvalidRequest", "Cannot specify both Range header and partNumber query parameter")
    kept = bucket_of(request).keys.getlist(request.key, [])
    wanted = request.query.get("versionId")
    found = next((v for v in reversed(kept) if wanted in (None, v.version_id)), None)
    if found is None or not hasattr(found, "value"):
        return  # a missing object is reported elsewhere
    first, last = _place(found, int(text))
    if last >= first:
        request.environ["HTTP_RANGE"] = f"bytes={first}-{last}"
    request.environ[_COUNT] = len(vars(found).get(_SIZES, ()))
    request.environ["REQUEST_METHOD"] = "GET"  # moto knows ranges of GET; our answer to HEAD has no body


def _place(found: Any, number: int) -> tuple[int, int]:
    """The first and the last byte of a part."""
    first = 0
    for each, size in vars(found).get(_SIZES) or [(1, found.size)]:
        if each == number:
            return first, first + size - 1
        first += size
    raise AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416)


@before("s3", "HeadObject")
def head_of_a_range_works(request: AwsRequest) -> None:
    """moto ignores the range of a HEAD (292)."""
    if "HTTP_RANGE" in request.environ:
        request.environ["REQUEST_METHOD"] = "GET"


@after("s3", "GetObject", "HeadObject")
def parts_are_counted(request: AwsRequest, answer: Answer) -> Answer:
    """The answer to a request for a part contains the number of parts (292)."""
    count = request.environ.get(_COUNT)
    return (answer[0], [*answer[1], ("x-amz-mp-parts-count", str(count))], answer[2]) if count else answer
