"""What describe operations are asked for by id or name: each thing counts once, and all come at once."""

import re

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before

_MEMBER = re.compile(r"([A-Za-z]+)\.\d+")
# Where ids are named, all of these come: by operation what the ids are called in the request, and in the error.
_NOT_IN_PAGES = {
    "DescribeInstanceStatus": ("InstanceId", "instancesSet"),
    "DescribeInstances": ("InstanceId", "instancesSet"),
    "DescribeNetworkInterfaces": ("NetworkInterfaceId", "networkInterfaceIdSet"),
    "DescribeSnapshots": ("SnapshotId", "snapshotSet"),
    "DescribeVolumeStatus": ("VolumeId", "volumeSet"),
    "DescribeVolumes": ("VolumeId", "volumeSet"),
}


@before("ec2", "*")
def what_is_named_twice_counts_once(ask: Ask) -> None:
    """moto says that it is not there, fails, or tells it twice (403)."""
    if not ask.operation.startswith("Describe"):
        return
    seen: set[tuple[str, str]] = set()
    for field, text in list(ask.form.items()):
        found = _MEMBER.fullmatch(field)
        if found and (found[1], text) in seen:
            del ask.form[field]
        elif found:
            seen.add((found[1], text))


def names_ids(ask: Ask) -> bool:
    """Whether a request names ids that come all at once."""
    return ask.operation in _NOT_IN_PAGES and bool(ask.members(_NOT_IN_PAGES[ask.operation][0]))


@before("ec2", "*")
def what_is_named_has_no_pages(ask: Ask) -> None:
    """That is looked at before the ids are; moto pages them, too (53, 408)."""
    if "MaxResults" in ask.form and names_ids(ask):
        what = f"The parameter {_NOT_IN_PAGES[ask.operation][1]} cannot be used with the parameter maxResults"
        raise AwsError("InvalidParameterCombination", what)
