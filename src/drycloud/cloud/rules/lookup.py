"""What rules look up: things that a request names, in moto's state, and the shape of ids and filters."""

import re
from typing import Any

from drycloud.cloud.ask import Ask, AwsError


def instance_of(ask: Ask, id: str | None) -> Any:
    """moto's instance of that id, or None."""
    return next((i for r in ask.ec2.reservations.values() for i in r.instances if i.id == id), None)


def group_of(ask: Ask, id_or_name: str | None) -> Any:
    """moto's security group of that id or name, or None."""
    return ask.ec2.get_security_group_by_name_or_id(id_or_name) if id_or_name else None


def all_groups(ask: Ask) -> list[Any]:
    """Every security group of the region."""
    return [group for groups in ask.ec2.groups.values() for group in groups.values()]


def bucket_of(ask: Ask) -> Any:
    """moto's bucket that the request names; raises NoSuchBucket."""
    found = ask.s3.buckets.get(ask.bucket)
    if found is None:
        words = "The specified bucket does not exist"
        raise AwsError("NoSuchBucket", words, 404, elements={"BucketName": ask.bucket})
    return found


def refuse_malformed(ids: list[str], prefix: str, code: str) -> None:
    """An id has a prefix and 8 or 17 hexadecimal digits; whatever else is an error of its own."""
    for id in ids:
        if not re.fullmatch(rf"{prefix}-([0-9a-f]{{8}}|[0-9a-f]{{17}})", id):
            raise AwsError(code, f'Invalid id: "{id}" (expecting "{prefix}-...").')


def refuse_unknown_filters(ask: Ask, known: str) -> None:
    """A filter that the operation does not have is an error; `known` lists those that it has, but for tags."""
    for member in ask.members("Filter"):
        name = member.get("Name", "") if isinstance(member, dict) else ""
        if name not in known.split() and name != "tag-key" and not name.startswith("tag:"):
            raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid.")
