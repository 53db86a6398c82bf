"""Pages: answers to describe operations come in parts, if the request says how large."""

import base64
import binascii
import re

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.rules.registry import Answer, after, before, edited

# What is paged: by operation, the element that holds the items, and how many there are at most in a page. Where ids
# are named the first four come whole.
_SETS = {
    "DescribeInstances": ("reservationSet", 1000),
    "DescribeInstanceStatus": ("instanceStatusSet", 1000),
    "DescribeVolumes": ("volumeSet", 1000),
    "DescribeSnapshots": ("snapshotSet", 1000),
    "DescribeImages": ("imagesSet", 1000),
    "DescribeInstanceTypes": ("instanceTypeSet", 100),
    "DescribeInstanceTypeOfferings": ("instanceTypeOfferingSet", 1000),
    "DescribeSpotInstanceRequests": ("spotInstanceRequestSet", 1000),
    "DescribeSpotPriceHistory": ("spotPriceHistorySet", 1000),
    "DescribeTags": ("tagSet", 1000),
    "DescribeSecurityGroups": ("securityGroupInfo", 1000),
    "DescribeSecurityGroupRules": ("securityGroupRuleSet", 1000),
    "DescribeSubnets": ("subnetSet", 1000),
    "DescribeVpcs": ("vpcSet", 1000),
    "DescribeNetworkInterfaces": ("networkInterfaceSet", 1000),
}
_IDS = {"DescribeInstances": "InstanceId", "DescribeInstanceStatus": "InstanceId"}
_IDS |= {"DescribeVolumes": "VolumeId", "DescribeSnapshots": "SnapshotId"}
_LEAST = 5
_ITEM = re.compile(rb"<(/?)item>")


@before("ec2", *_SETS)
def pages_have_a_size(ask: Ask) -> None:
    """moto pages instances alone, in pages of any size, and fails at a token that is none (53, 54, 55)."""
    size, token = ask.form.pop("MaxResults", None), ask.form.pop("NextToken", None)
    most = _SETS[ask.operation][1]
    if size is not None and not re.fullmatch(r"\d{1,9}", size):
        raise AwsError("InvalidParameterValue", f"Value ( {size} ) for parameter maxResults is invalid.")
    if size is not None and _IDS.get(ask.operation, "") + ".1" in ask.form:
        words = "The parameter maxResults cannot be used with a list of ids in the same request"
        raise AwsError("InvalidParameterCombination", words)
    if size is not None and int(size) < _LEAST:
        words = f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value greater than {_LEAST}."
        raise AwsError("InvalidParameterValue", words)
    if size is not None or token:
        ask.page = _start(token or "", ask.operation), min(int(size or most), most)
    if ask.page and ask.operation == "DescribeInstanceTypes":
        _ask_for_a_page_of_types(ask, *ask.page)
    if ask.operation == "DescribeInstances" and not ask.values("InstanceId"):
        ask.form["MaxResults"] = str(10**6)  # moto's own pages end after 100 reservations


def _ask_for_a_page_of_types(ask: Ask, start: int, size: int) -> None:
    """Of all types moto is asked for the page's, and one more: it needs a millisecond for each of its 1,400."""
    if not ask.members("InstanceType") and not ask.members("Filter"):
        page = ask.ec2.instance_types[start : start + size + 1]
        ask.form |= {f"InstanceType.{n}": kind["InstanceType"] for n, kind in enumerate(page, 1)}
        ask.left_out = start if page else 0


def _start(token: str, operation: str) -> int:
    """Where the page begins that a token stands for."""
    if not token:
        return 0
    try:
        told, _, start = base64.b64decode(token, validate=True).decode().partition(" ")
    except (binascii.Error, ValueError):
        told, start = "", ""
    if told != operation or not re.fullmatch(r"\d{1,9}", start):
        raise AwsError("InvalidNextToken", "The token is not one that this operation gave.")
    return int(start)


@after("ec2", *_SETS)
def answers_come_in_pages(ask: Ask, answer: Answer) -> Answer | None:
    """moto tells all at once (54)."""
    if ask.page is None:
        return None
    name = _SETS[ask.operation][0].encode()
    head, _, rest = answer[2].partition(b"<" + name + b">")
    content, _, tail = rest.partition(b"</" + name + b">")
    items = _items(content)
    start, size = ask.page[0] - ask.left_out, ask.page[1]
    body = head + b"<" + name + b">" + b"".join(items[start : start + size]) + b"</" + name + b">" + tail
    paged = answer[0], answer[1], body
    more = ""
    if start + size < len(items):
        more = base64.b64encode(f"{ask.operation} {sum(ask.page)}".encode()).decode()
    paged = edited(paged, r"<nextToken\s*/>|<nextToken>[^<]*</nextToken>", "")
    return edited(paged, f"(</{ask.operation}Response>)", rf"<nextToken>{more}</nextToken>\1") if more else paged


def _items(content: bytes) -> list[bytes]:
    """The outer items of a set: items hold sets of their own."""
    found, depth, start = [], 0, 0
    for mark in _ITEM.finditer(content):
        if mark[1]:
            depth -= 1
            if depth == 0:
                found.append(content[start : mark.end()])
        else:
            start = start if depth else mark.start()
            depth += 1
    return found
