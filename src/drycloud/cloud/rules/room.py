"""How much one run may store and launch: everything in this cloud is in the memory of the grading process."""

import re

from drycloud.cloud.moto import engine
from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.registry import before
from drycloud.cloud.rules.s3.access import copy_source

_BYTES, _VERSIONS = 512 * 1024**2, 200_000
_MACHINES, _AT_ONCE = 5000, 1000
_COUNT = re.compile(r"(Count|Capacity|Quantity)")  # the last part of the name of a count
_LAUNCHES = ("RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet", "AllocateHosts")
_WRITTEN = "drycloud_written"  # on moto's backend, which a new account replaces


@before("s3", "PutObject", "UploadPart", "CopyObject", "UploadPartCopy", "CompleteMultipartUpload", "DeleteObjects")
def account_has_room(ask: Ask) -> None:
    """Everything that is written counts, even if it is deleted later.

    No row: AWS has no such limit, and the error message is ours.
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
    """The number of bytes that the request would add."""
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
    """moto makes any number, one after another, and answers no other call during that time.

    No row: AWS has no such limit, and the error message is ours.
    """
    counts = [value for name, value in ask.form.items() if _COUNT.search(name.rpartition(".")[2])]
    most = max((_number(value) for value in counts), default=1)
    if ask.operation == "RunInstances":  # it launches what there is space for
        most = min(most, _AT_ONCE)
    if most > _AT_ONCE and not ask.trusted:
        raise AwsError("InstanceLimitExceeded", f"This simulator makes {_AT_ONCE} at once at most.")
    if ask.operation in _LAUNCHES and not ask.trusted:
        made = most + sum(vars(backend).get(_WRITTEN, 0) for backend in engine.backends("ec2").values())
        if made > _MACHINES:
            raise AwsError("InstanceLimitExceeded", f"This simulator makes {_MACHINES} machines in one run at most.")
        vars(ask.ec2)[_WRITTEN] = vars(ask.ec2).get(_WRITTEN, 0) + most


def _number(text: str) -> int:
    """The number that Python reads from a text, in any notation; 1 if there is none."""
    try:
        return int(text[:20])
    except ValueError:
        return 1
