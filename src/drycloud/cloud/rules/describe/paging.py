"""Pages: some describe operations always return pages, others if the request gives a page size."""

import base64
import binascii
import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.operations import model
from drycloud.cloud.rules.describe.filterable import ANSWERED, item_shape
from drycloud.cloud.rules.describe.filters import passes, selected
from drycloud.cloud.rules.describe.items import in_set, items_of
from drycloud.cloud.rules.describe.requested_ids import names_ids
from drycloud.cloud.rules.registry import Answer, after, before, edited, xml

_WHOLE = ("Addresses", "AvailabilityZones", "CustomerGateways", "KeyPairs", "Regions", "VpnGateways")
_PAGED = sorted((ANSWERED | {"DescribeInstances"}) - {f"Describe{name}" for name in _WHOLE})
# The default page size; other operations return everything.
_DEFAULT = {
    "DescribeInstanceTypeOfferings": 100,
    "DescribeInstanceTypes": 100,
    "DescribeSpotPriceHistory": 1000,
    "DescribeTags": 1000,
    "DescribeVolumeStatus": 1000,
}
# moto's own pages end after 100 reservations, and after 15 launch templates or versions.
_PAGED_BY_MOTO = ("DescribeInstances", "DescribeLaunchTemplateVersions", "DescribeLaunchTemplates")
_LEAST, _MOST = 5, 1000
_MOST_TYPES = 100  # in one request


@before("ec2", *_PAGED)
def pages_have_a_size(request: AwsRequest) -> None:
    """moto pages only instances, with any page size, and fails on an invalid token (53, 54, 55).

    It returns only the first 15 launch templates or versions (412).
    """
    size, token = _size(request), request.form.pop("NextToken", None)
    default = None if names_ids(request) else _DEFAULT.get(request.operation)
    if size or token or default:
        request.page = _start(token or "", request.operation), size or default or _MOST
    if request.operation in _PAGED_BY_MOTO and not request.values("InstanceId"):
        request.form["MaxResults"] = str(10**6)


def _size(request: AwsRequest) -> int | None:
    """The page size of the request, up to AWS's maximum."""
    text = request.form.pop("MaxResults", None)
    if text is None:
        return None
    words = f"Value ( {text} ) for parameter maxResults is invalid."
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise AwsError("InvalidParameterValue", words)
    bounds = model("ec2").operation_model(request.operation).input_shape.members["MaxResults"].metadata
    least, most = bounds.get("min", _LEAST), bounds.get("max")
    if int(text) < least:
        raise AwsError("InvalidParameterValue", f"{words} Expecting a value greater than or equal to {least}.")
    if most and int(text) > most:
        raise AwsError("InvalidParameterValue", f"{words} Expecting a value less than or equal to {most}.")
    return min(int(text), _MOST)


def _start(token: str, operation: str) -> int:
    """The start of the page that a token is for."""
    if not token:
        return 0
    try:
        told, _, start = base64.b64decode(token, validate=True).decode().partition(" ")
    except (binascii.Error, ValueError):
        told, start = "", ""
    if told != operation or not re.fullmatch(r"[0-9]{1,9}", start):
        raise AwsError("InvalidNextToken", "The token is not one that this operation gave.")
    return int(start)


@before("ec2", "DescribeInstanceTypes")
def named_types_are_limited(request: AwsRequest) -> None:
    """moto accepts any number (326)."""
    if len(request.members("InstanceType")) > _MOST_TYPES:
        words = f"At most {_MOST_TYPES} instance types may be named in one request."
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "DescribeInstanceTypes")
def only_types_of_the_page_are_read(request: AwsRequest) -> Answer | None:
    """Ask moto only for the types of this page, and one more: it needs a millisecond for each of its 1,400 (54).

    Unknown types are left to moto, which refuses them.
    """
    all_types: list[Any] = request.ec2.instance_types
    named = set(request.values("InstanceType"))
    if named - {kind["InstanceType"] for kind in all_types} or request.page is None or request.flag("DryRun"):
        return None
    fitting = [kind for kind in all_types if (not named or kind["InstanceType"] in named) and passes(request, kind)]
    start, size = request.page
    page = fitting[start : start + size + 1]
    for field in [field for field in request.form if field.startswith("InstanceType.")]:
        del request.form[field]
    request.form |= {f"InstanceType.{n}": kind["InstanceType"] for n, kind in enumerate(page, 1)}
    request.left_out, request.filters = start, []
    empty = f"<{request.operation}Response><instanceTypeSet/></{request.operation}Response>"
    return None if page else xml(empty)


@after("ec2", *ANSWERED, "DescribeInstances")
def answers_come_in_pages(request: AwsRequest, answer: Answer) -> Answer | None:
    """moto returns everything at once (54)."""
    return in_pages(request, answer)


def in_pages(request: AwsRequest, answer: Answer) -> Answer:
    """The answer with the request's page of the items that pass its filters."""
    answer = selected(request, answer)
    if request.page is None:
        return answer
    name = item_shape(request.operation)[1]
    items = items_of(answer, name)
    start, size = request.page[0] - request.left_out, request.page[1]
    paged = in_set(answer, name, items[start : start + size])
    more = ""
    if start + size < len(items):
        more = base64.b64encode(f"{request.operation} {sum(request.page)}".encode()).decode()
    paged = edited(paged, r"<nextToken\s*/>|<nextToken>[^<]*</nextToken>", "")
    return edited(paged, f"(</{request.operation}Response>)", rf"<nextToken>{more}</nextToken>\1") if more else paged
