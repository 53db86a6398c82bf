"""Lookups for rules: the resources that a request names, in moto's state."""

from itertools import islice
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ids import refuse_malformed


def instances(request: AwsRequest) -> dict[str, Any]:
    """moto's instances of the region by id. Cached; new launches are added, and none is ever removed."""
    reservations = request.ec2.reservations
    kept = vars(request.ec2).setdefault("drycloud_instances", {"seen": 0, "by_id": {}})
    for reservation in islice(reversed(reservations.values()), len(reservations) - kept["seen"]):
        kept["by_id"].update({i.id: i for i in reservation.instances})
    kept["seen"] = len(reservations)
    found: dict[str, Any] = kept["by_id"]
    return found


def instance_of(request: AwsRequest, id: str | None) -> Any:
    """moto's instance with that id, or None."""
    return instances(request).get(id or "")


def existing(request: AwsRequest, ids: list[str]) -> list[Any]:
    """moto's instances with those ids; raises AWS's errors for a malformed or unknown id."""
    refuse_malformed(ids, "i")
    missing = [id for id in ids if id not in instances(request)]
    if missing:
        words = f"ID '{missing[0]}' does" if len(missing) == 1 else f"IDs '{', '.join(missing)}' do"
        raise AwsError("InvalidInstanceID.NotFound", f"The instance {words} not exist")
    return [instances(request)[id] for id in ids]


def group_of(request: AwsRequest, id_or_name: str | None) -> Any:
    """moto's security group with that id or name, or None."""
    return request.ec2.get_security_group_by_name_or_id(id_or_name) if id_or_name else None


def all_groups(request: AwsRequest) -> list[Any]:
    """Every security group of the region."""
    return [group for groups in request.ec2.groups.values() for group in groups.values()]


def describe_rule(rule: Any, words: str) -> None:
    """Give a rule a description, which moto stores with the source."""
    (rule.source_group or rule.ip_range)["Description"] = words


def bucket_of(request: AwsRequest) -> Any:
    """moto's bucket for the request; raises NoSuchBucket."""
    found = request.s3.buckets.get(request.bucket)
    if found is None:
        words = "The specified bucket does not exist"
        raise AwsError("NoSuchBucket", words, 404, elements={"BucketName": request.bucket})
    return found


def delete_marker_error(request: AwsRequest, headers: dict[str, str] | None = None) -> AwsError:
    """The error for a delete marker that is read like an object."""
    about = {"Method": str(request.environ["REQUEST_METHOD"]), "ResourceType": "DeleteMarker"}
    words = "The specified method is not allowed against this resource."
    return AwsError("MethodNotAllowed", words, 405, elements=about, headers=headers)
