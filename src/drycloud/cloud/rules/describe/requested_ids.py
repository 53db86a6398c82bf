"""Describe operations with ids or names: duplicates count once, and the answer has no pages."""

import re

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import before

_MEMBER = re.compile(r"([A-Za-z]+)\.\d+")
# Operations that return all named ids without pages: the name of the ids in the request, and in the error.
_NOT_IN_PAGES = {
    "DescribeInstanceStatus": ("InstanceId", "instancesSet"),
    "DescribeInstances": ("InstanceId", "instancesSet"),
    "DescribeNetworkInterfaces": ("NetworkInterfaceId", "networkInterfaceIdSet"),
    "DescribeSnapshots": ("SnapshotId", "snapshotSet"),
    "DescribeVolumeStatus": ("VolumeId", "volumeSet"),
    "DescribeVolumes": ("VolumeId", "volumeSet"),
}


@before("ec2", "*")
def duplicate_ids_count_once(request: AwsRequest) -> None:
    """moto reports a duplicate as missing, fails, or returns it twice (403)."""
    if not request.operation.startswith("Describe"):
        return
    seen: set[tuple[str, str]] = set()
    for field, text in list(request.form.items()):
        found = _MEMBER.fullmatch(field)
        if found and (found[1], text) in seen:
            del request.form[field]
        elif found:
            seen.add((found[1], text))


def names_ids(request: AwsRequest) -> bool:
    """Whether a request names ids that are returned without pages."""
    return request.operation in _NOT_IN_PAGES and bool(request.members(_NOT_IN_PAGES[request.operation][0]))


@before("ec2", "*")
def named_ids_have_no_pages(request: AwsRequest) -> None:
    """This is checked before the ids are; moto pages them, too (53, 408)."""
    if "MaxResults" in request.form and names_ids(request):
        what = f"The parameter {_NOT_IN_PAGES[request.operation][1]} cannot be used with the parameter maxResults"
        raise AwsError("InvalidParameterCombination", what)
