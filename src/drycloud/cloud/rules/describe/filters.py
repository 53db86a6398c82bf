"""The filters of EC2's describe operations: unknown ones are refused, and those of most answers are applied here."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from drycloud.cloud.patches.filters import fits
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.operations import model
from drycloud.cloud.rules.describe.filterable import ANSWERED, filter_names, has_tags, item_shape, path_of
from drycloud.cloud.rules.describe.items import in_set, items_of
from drycloud.cloud.rules.registry import Answer, before


@before("ec2", "*")
def filters_exist(request: AwsRequest) -> None:
    """moto fails on unknown filters, or ignores them (49), and applies others incompletely (260)."""
    filters = [_read(member) for member in request.members("Filter")]
    for name, _ in filters:
        known = filter_names(request.operation)
        if known and name not in known and not (name.startswith("tag:") and has_tags(request.operation)):
            raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid")
    if filters and request.operation in ANSWERED:
        request.filters = filters
        for field in [field for field in request.form if field.startswith("Filter.")]:
            del request.form[field]


def _read(member: Any) -> tuple[str, list[str]]:
    """The name and the values of a filter; one without a name is called null, as by AWS."""
    fields = member if isinstance(member, dict) else {}
    return fields.get("Name", "null"), [text for field, text in fields.items() if field.startswith("Value.")]


def selected(request: AwsRequest, answer: Answer) -> Answer:
    """The answer with only the items that pass the request's filters."""
    if not request.filters:
        return answer
    member, name, _ = item_shape(request.operation)
    found = _parser().parse({"status_code": 200, "headers": {}, "body": answer[2]}, _output(request.operation))
    items = items_of(answer, name)
    left = [text for text, item in zip(items, found.get(member, []), strict=True) if passes(request, item)]
    return in_set(answer, name, left)


def passes(request: AwsRequest, item: Any) -> bool:
    """Whether an item, as boto3 shows it, passes all filters: one value of each filter must match."""
    return all(fits(list(_looked_at(request.operation, item, name)), patterns) for name, patterns in request.filters)


def _looked_at(operation: str, item: Any, name: str) -> Iterable[Any]:
    """The values of an item that a filter compares."""
    if name.startswith("tag:"):
        return [tag["Value"] for tag in _tags(operation, item) if tag["Key"] == name[4:]]
    if name in ("tag-key", "tag-value"):
        return [tag["Key" if name == "tag-key" else "Value"] for tag in _tags(operation, item)]
    path = path_of(operation, name)
    return _values(item, path) if path else []


def _tags(operation: str, item: Any) -> list[dict[str, str]]:
    if operation == "DescribeTags":
        return [item]
    found: list[dict[str, str]] = item.get("Tags") or item.get("TagSet") or []
    return found


def _values(node: Any, path: tuple[str, ...]) -> Iterable[Any]:
    if isinstance(node, list):
        for each in node:
            yield from _values(each, path)
    elif not path:
        yield node
    elif node.get(path[0]) is not None:
        yield from _values(node[path[0]], path[1:])


@cache
def _parser() -> Any:
    from botocore.parsers import EC2QueryParser

    return EC2QueryParser(timestamp_parser=str)  # filters compare times as text


def _output(operation: str) -> Any:
    return model("ec2").operation_model(operation).output_shape
