"""Every operation that botocore knows of a service: what it needs at least, and what its answer may look like."""

import re
from typing import Any

TEXTS = {"Bucket": "there", "Key": "key", "CopySource": "there/key", "RoutingHostName": "", "SourceRegion": "us-east-1"}
# What moto, werkzeug or Python would say, and AWS would not.
FOREIGN = re.compile(
    rb"(?i)<!doctype html|<html|traceback|object has no attribute|not subscriptable|NoneType|KeyError|TypeError|"
    rb"ValueError|AssertionError|IndexError|moto|werkzeug|<class |\bdict\(|object at 0x"
)


def operations(client: Any) -> dict[str, str]:
    """The operations of a client, by the name of its method."""
    return dict(client.meta.method_to_api_mapping)


def minimal(client: Any, operation: str) -> dict[str, Any]:
    """The least that boto3 lets through, as words of the client's method."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    return _value(shape, "") if shape is not None else {}


def _value(shape: Any, name: str) -> Any:
    kinds: dict[str, Any] = {
        "structure": lambda: {n: _value(shape.members[n], n) for n in _needed(shape)},
        "list": lambda: [_value(shape.member, name)] * max(1, shape.metadata.get("min", 1)),
        "map": dict,
        "string": lambda: shape.enum[0] if shape.enum else TEXTS.get(name, "text" * 5),
        "blob": lambda: b"text",
        "boolean": lambda: True,
        "timestamp": lambda: "2026-01-01T00:00:00Z",
        "float": lambda: 1.0,
        "double": lambda: 1.0,
    }
    return kinds.get(shape.type_name, lambda: max(1, shape.metadata.get("min", 1)))()


def _needed(shape: Any) -> list[str]:
    """The members that have to be there; of a union one, and of a document that goes as the body the body itself."""
    if shape.metadata.get("union"):
        return list(shape.members)[:1]
    return list(shape.required_members)


def complaint(status: int, body: bytes, *, head: bool = False) -> str:
    """What is wrong with an answer's shape: '' where it is one that AWS could give, or the simulator's own mark."""
    found = FOREIGN.search(body) if status >= 400 else None
    if found:
        return f"{found[0]!r} stands in it"
    if status < 400 or head:
        return "" if status < 500 else f"status {status}"
    if not (b"<Code>" in body and b"<Message>" in body):
        return f"status {status} without a code and words: {body[:200]!r}"
    marked = b"<Code>NotImplemented</Code>" in body
    return "" if status < 500 or (marked and status == 501) or status == 503 else f"status {status}: {body[:200]!r}"
