"""How much one run may store and launch: everything in this cloud is in the memory of the grading process."""

import re

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.registry import before
from drycloud.cloud.rules.s3.access import copy_source

_BYTES, _VERSIONS = 512 * 1024**2, 200_000
_MACHINES, _AT_ONCE = 5000, 1000
_COUNT = re.compile(r"(Count|Capacity|Quantity)")  # the last part of the name of a count
_LAUNCHES = ("RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet", "AllocateHosts")
_WRITTEN = "drycloud_written"  # on moto's backend, which a new account replaces


@before("s3", "PutObject", "UploadPart", "CopyObject", "UploadPartCopy", "CompleteMultipartUpload", "DeleteObjects")
def account_has_space(request: AwsRequest) -> None:
    """Everything that is written counts, even if it is deleted later.

    No row: AWS has no such limit, and the error message is ours.
    """
    if request.trusted:
        return
    size, versions = _size(request), request.body.count(b"<Key>") if request.operation == "DeleteObjects" else 1
    before_this = vars(request.s3).get(_WRITTEN, (0, 0))
    written = (before_this[0] + size, before_this[1] + versions)
    if written[0] > _BYTES or written[1] > _VERSIONS:
        words = f"This simulator stores {_BYTES // 1024**2} MiB and {_VERSIONS} versions in one run at most."
        raise AwsError("EntityTooLarge", f"{words} It is not an error of AWS.")
    vars(request.s3)[_WRITTEN] = written


def _size(request: AwsRequest) -> int:
    """The number of bytes that the request would add."""
    if request.operation == "CompleteMultipartUpload":
        bucket = request.s3.buckets.get(request.bucket)
        upload = bucket.multiparts.get(request.query.get("uploadId", "")) if bucket is not None else None
        return sum(part.contentsize for part in upload.parts.values()) if upload is not None else 0
    if request.operation in ("CopyObject", "UploadPartCopy"):
        name, key, version = copy_source(request)
        found = request.s3.get_object(name, key, version_id=version) if name in request.s3.buckets else None
        return int(found.contentsize) if found is not None else 0
    return len(request.body)


@before("ec2", "*")
def account_has_space_for_instances(request: AwsRequest) -> None:
    """moto makes any number, one after another, and answers no other call during that time.

    No row: AWS has no such limit, and the error message is ours.
    """
    counts = [value for name, value in request.form.items() if _COUNT.search(name.rpartition(".")[2])]
    most = max((_number(value) for value in counts), default=1)
    if request.operation == "RunInstances":  # it launches what there is space for
        most = min(most, _AT_ONCE)
    if most > _AT_ONCE and not request.trusted:
        raise AwsError("InstanceLimitExceeded", f"This simulator makes {_AT_ONCE} at once at most.")
    if request.operation in _LAUNCHES and not request.trusted:
        made = most + sum(vars(backend).get(_WRITTEN, 0) for backend in engine.backends("ec2").values())
        if made > _MACHINES:
            raise AwsError("InstanceLimitExceeded", f"This simulator makes {_MACHINES} machines in one run at most.")
        vars(request.ec2)[_WRITTEN] = vars(request.ec2).get(_WRITTEN, 0) + most


def _number(text: str) -> int:
    """The number that Python reads from a text, in any notation; 1 if there is none."""
    try:
        return int(text[:20])
    except ValueError:
        return 1
