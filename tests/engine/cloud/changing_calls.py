"""The ways to call an operation of EC2 or S3, and all that moto keeps, read anew.

What reads it here knows nothing of the snapshot: it walks through all that can be reached
from moto's backends.
"""

import ipaddress
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import boto3

from drycloud.cloud.moto import engine
from drycloud.cloud.state.states import TimedState

READS = ("Describe", "Get", "List", "Search", "Head", "Select", "Export")


def operations(service: str) -> list[tuple[str, str, str]]:
    """The changing operations of a service, with the names of a client's methods."""
    known = boto3.client(service, region_name="us-east-1").meta.method_to_api_mapping
    return [(service, method, name) for method, name in sorted(known.items()) if not name.startswith(READS)]


CHANGING = [*operations("s3"), *operations("ec2")]
LOOKS = [
    (service, method, name)
    for service in ("ec2", "s3")
    for method, name in sorted(boto3.client(service, region_name="us-east-1").meta.method_to_api_mapping.items())
    if name.startswith(READS) and not name.startswith("Select")
]


@contextmanager
def quiet_cloud() -> Iterator[None]:
    """Nothing is logged, as what is not implemented is for the instructor; the cloud is empty afterwards."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        engine.reset()
        logging.disable(logging.NOTSET)


def calls(shape: Any, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Parameters for an operation: what it needs, then with each further one in turn, then all of these together."""
    if shape is None:
        yield {}
        return
    needed = {name: value_of(shape.members[name], name, known) for name in shape.required_members}
    yield needed
    further = {}
    for name, member in shape.members.items():
        if name not in needed and name not in ("DryRun", "ClientToken"):
            further[name] = value_of(member, name, known, depth=2)
            yield {**needed, name: further[name]}
            if member.type_name == "boolean":
                yield {**needed, name: False}
            if "Attribute" in member.name and member.type_name == "structure":
                yield {**needed, name: {"Value": False}}
    likely = {name: value for name, value in further.items() if name in known or name.rstrip("s") in known}
    yield needed | likely


def value_of(shape: Any, name: str, known: dict[str, Any], depth: int = 4) -> Any:
    """A value for a parameter: one that means something in this account, where there is one."""
    kind = shape.type_name
    if kind == "list":
        return [value_of(shape.member, name.removesuffix("s") if name != "Resources" else name, known, depth)]
    if kind == "map":
        return {"a": "b"}
    if kind == "structure":
        names = shape.required_members or list(shape.members)[: 8 if depth else 0]
        if shape.metadata.get("union"):
            names = names[:1]
        return {
            each: value_of(shape.members[each], each, known, depth - 1) for each in names if depth > 0 or each in known
        }
    if name in known and isinstance(known[name], str | int | bytes):
        return known[name]
    if kind == "string":
        return shape.enum[0] if shape.enum else known.get(shape.name, "text")
    plain = {"boolean": True, "blob": b"text", "timestamp": datetime(2027, 1, 1), "float": 1.0, "double": 1.0}
    return plain.get(kind, max(1, shape.metadata.get("min", 1)))


def all_of_moto() -> str:
    """All that can be reached from the backends of EC2 and S3, of every account, as a text."""
    from moto.core.base_backend import BackendDict

    seen: dict[int, Any] = {}
    parts: list[str] = []
    for backends in BackendDict._instances:
        for account, regions in sorted(backends.items()):
            for region, backend in sorted(regions.items()):
                if backends.service_name in ("ec2", "s3"):
                    parts.append(f"\n{backends.service_name} {account} {region} {_walked(backend, seen)}")
    return "".join(parts)


def _walked(value: Any, seen: dict[int, Any]) -> str:
    if value is None or isinstance(value, str | int | float | bytes | datetime | ipaddress._IPAddressBase):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + "\n".join(_walked(each, seen) for each in value) + "]"
    if isinstance(value, set | frozenset):
        return "[" + "\n".join(sorted(_walked(each, seen) for each in value)) + "]"
    if id(value) in seen:
        return f"^{type(value).__name__} {getattr(value, 'id', '')}"
    seen[id(value)] = value  # held, so that no other object gets its place in memory
    if isinstance(value, TimedState):
        return value.target
    if isinstance(value, dict):
        pairs = [(str(k), v) for k, v in value.items() if not str(k).startswith("drycloud") and k != "_tick"]
        pairs = [(k, v) for k, v in pairs if not (v is None or v == {})]
        return "{" + "\n".join(f"{k}: {_walked(v, seen)}" for k, v in pairs) + "}"
    if getattr(value, "disposed", False):  # a part of an upload that is over
        return "object, disposed of"
    if hasattr(value, "_value_buffer"):
        return f"object {value.value!r} " + _walked(
            {k: v for k, v in vars(value).items() if k != "_value_buffer"}, seen
        )
    return type(value).__name__ + (_walked(vars(value), seen) if hasattr(value, "__dict__") else "")
