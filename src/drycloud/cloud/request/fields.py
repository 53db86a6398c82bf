"""Which fields a request may have, so that moto, rules and the trail read it in the same way."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from drycloud.cloud.request.aws_request import AwsError
from drycloud.cloud.request.operations import model

_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)  # the number of a list's member
_OF_ALL = {"Action", "Version"}
_OF_THE_SENDER = re.compile(
    r"X-Amz-\w[\w-]*|AWSAccessKeyId|Signature(Method|Version)?|Timestamp|Expires|SecurityToken", re.ASCII
)
_MOST_FIELDS = 5000
_LONGEST_KEPT = 200  # characters: names come from the student's side, and what is kept of them must stay small
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FILTER_VALUE = re.compile(r"Filter\.\d+\.Value\.\d+")
_MOST_FILTERED, _LONGEST_FILTERED = 200, 255
_MOST_OF_S3, _LONGEST_OF_S3 = 100, 20_000


def check_form(operation: str, text: str) -> None:
    """Raise the AwsError for an EC2 form with a field that its operation does not have, or with a field twice.

    moto accepts any field, which could hide what was requested. Characters that XML does not allow are refused, too: an
    answer that contains one could not be parsed, not even by a check.
    """
    names = _names(text, _MOST_FIELDS, AwsError("MalformedQueryString", "The request has too many fields."))
    if operation not in model("ec2").operation_names:
        raise AwsError("InvalidAction", f"The action {operation[:100]} is not valid for this web service.")
    known = known_fields(operation)
    for name in names:
        if not (name in _OF_ALL or general(name) in known or _OF_THE_SENDER.fullmatch(name)):
            raise AwsError("UnknownParameter", f"The parameter {name[:100]} is not recognized")
    _require_once(names, "MalformedQueryString")
    if _NOT_IN_XML.search(unquote_plus(text)):
        raise AwsError("InvalidParameterValue", "A parameter holds a character that is not allowed: XML has none such.")
    _check_filters(text)


def _check_filters(text: str) -> None:
    """AWS's limits for filters: each value is compared with all resources."""
    if "Filter." not in text:
        return
    values = [value for name, value in parse_qsl(text, keep_blank_values=True) if _FILTER_VALUE.fullmatch(name)]
    if len(values) > _MOST_FILTERED:
        words = f"The maximum number of filter values specified on a single call is {_MOST_FILTERED}"
        raise AwsError("FilterLimitExceeded", words)
    if any(len(value) > _LONGEST_FILTERED for value in values):
        words = f"The maximum length for a filter value is {_LONGEST_FILTERED} characters"
        raise AwsError("FilterLimitExceeded", words)


def check_query(text: str) -> None:
    """Raise the AwsError for the query of an S3 request that is too long, or has one parameter twice."""
    words = "Your request header section exceeds the maximum allowed request header section size."
    too_long = AwsError("RequestHeaderSectionTooLarge", words)
    if len(text) > _LONGEST_OF_S3:
        raise too_long
    _require_once(_names(text, _MOST_OF_S3, too_long), "InvalidArgument")


def _names(text: str, most: int, too_many: AwsError) -> list[str]:
    try:
        return [name for name, _ in parse_qsl(text, keep_blank_values=True, max_num_fields=most)]
    except ValueError:
        raise too_many from None


def _require_once(names: list[str], code: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise AwsError(code, f"The parameter {name[:100]} is there more than once.")
        seen.add(name)


def general(name: str) -> str:
    """A field's name without the numbers of members: 'Filter.1.Value.2' becomes 'Filter.#.Value.#'."""
    return _short_general(name) if len(name) <= _LONGEST_KEPT else _general(name)


def _general(name: str) -> str:
    return ".".join("#" if _NUMBER.fullmatch(part) else part for part in name.split("."))


_short_general = lru_cache(maxsize=4096)(_general)  # each field of a call is asked for by half a dozen rules


@cache
def known_fields(operation: str) -> frozenset[str]:
    """The general names of all fields that an EC2 operation has, in botocore's model of it."""
    return frozenset(fields_of(operation))


@cache
def fields_of(operation: str) -> dict[str, tuple[str, Any]]:
    """The fields of an EC2 operation by general names: botocore's name of the member, and the shape of the value."""
    ec2 = model("ec2")
    shape = ec2.operation_model(operation).input_shape if operation in ec2.operation_names else None
    return dict(_below(shape, "", "", ())) if shape else {}


def _below(shape: Any, member: str, place: str, within: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, Any]]]:
    """The fields of a shape; a shape within itself is not followed."""
    if shape.type_name == "list":
        yield from _below(shape.member, member, f"{place}.#", within)
    elif shape.type_name != "structure":
        yield place, (member, shape)
    elif shape.name not in within:
        for name, each in shape.members.items():
            inner = sent(each, name)
            yield from _below(each, name, f"{place}.{inner}" if place else inner, (*within, shape.name))


def sent(shape: Any, name: str) -> str:
    """The name of a member in an EC2 request, as botocore sends it."""
    if "queryName" in shape.serialization:
        return str(shape.serialization["queryName"])
    sent = str(shape.serialization.get("name", ""))
    return sent[0].upper() + sent[1:] if sent else name
