"""How much one run may store and launch: what lies in this cloud lies in the memory of the process that grades."""

import re

from drycloud.cloud.moto import engine
from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before
from drycloud.cloud.rules.s3.access import copy_source

_BYTES, _VERSIONS = 512 * 1024**2, 200_000
_MACHINES, _AT_ONCE = 5000, 1000
_COUNT = re.compile(r"(Count|Capacity|Quantity)")  # the last part of what says how many are to be made
_LAUNCHES = ("RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet", "AllocateHosts")
_WRITTEN = "drycloud_written"  # on moto's backend, which is a new one in a new account


@before("s3", "PutObject", "UploadPart", "CopyObject", "UploadPartCopy", "CompleteMultipartUpload", "DeleteObjects")
def account_has_room(ask: Ask) -> None:
    """All that is written counts, what is deleted again too.

    No row: AWS has no such bound, and the error says so in our words.
    """
    if ask.trusted:
        return
    size, versions = _size(ask), ask.body.count(b"<Key>") if ask.operation == "DeleteObjects" else 1
    before_this = vars(ask.s3).get(_WRITTEN, (0, 0))
    written = (before_this[0] + size, before_this[1] + versions)
    if written[0] > _BYTES or written[1] > _VERSIONS:
        words = f"This simulator stores {_BYTES // 1024**2} MiB and {_VERSIONS} versions in one run at most."
        raise AwsError("EntityTooLarge", f"{words} It is not an error of AWS.")
    vars(ask.s3)[_WRITTEN] = written


def _size(ask: Ask) -> int:
    """How many bytes the request would add."""
    if ask.operation == "CompleteMultipartUpload":
        bucket = ask.s3.buckets.get(ask.bucket)
        upload = bucket.multiparts.get(ask.query.get("uploadId", "")) if bucket is not None else None
        return sum(part.contentsize for part in upload.parts.values()) if upload is not None else 0
    if ask.operation in ("CopyObject", "UploadPartCopy"):
        name, key, version = copy_source(ask)
        found = ask.s3.get_object(name, key, version_id=version) if name in ask.s3.buckets else None
        return int(found.contentsize) if found is not None else 0
    return len(ask.body)


@before("ec2", "*")
def account_has_room_for_machines(ask: Ask) -> None:
    """moto makes as many as it is told, one after the other, and nothing else is answered meanwhile.

    No row: AWS has no such bound, and the error says so in our words.
    """
    counts = [value for name, value in ask.form.items() if _COUNT.search(name.rpartition(".")[2])]
    most = max((_number(value) for value in counts), default=1)
    if ask.operation == "RunInstances":  # which launches what there is room for
        most = min(most, _AT_ONCE)
    if most > _AT_ONCE and not ask.trusted:
        raise AwsError("InstanceLimitExceeded", f"This simulator makes {_AT_ONCE} at once at most.")
    if ask.operation in _LAUNCHES and not ask.trusted:
        made = most + sum(vars(backend).get(_WRITTEN, 0) for backend in engine.backends("ec2").values())
        if made > _MACHINES:
            raise AwsError("InstanceLimitExceeded", f"This simulator makes {_MACHINES} machines in one run at most.")
        vars(ask.ec2)[_WRITTEN] = vars(ask.ec2).get(_WRITTEN, 0) + most


def _number(text: str) -> int:
    """The number that Python reads in a text, however it is written; 1 where there is none."""
    try:
        return int(text[:20])
    except ValueError:
        return 1
