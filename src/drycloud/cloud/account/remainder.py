"""All other attributes that moto keeps of a resource, as texts to compare, so that nobody has to list them.

moto's objects refer to each other. A reference to an object with an id is written as the id.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from drycloud.cloud.account.resources import Other
from drycloud.cloud.state.states import TimedState

# EC2's collections that are read field by field, or that no student can change.
READ = frozenset(
    (
        *("reservations", "volumes", "snapshots", "amis", "groups", "key_pairs", "addresses", "spot_instance_requests"),
        *("nat_gateways", "region_name", "account_id", "partition", "tags", "deleted_amis", "default_vpc"),
        *("attachments", "launch_template_name_to_ids", "launch_template_insert_order"),
    )
)
# Attributes that change by themselves, or follow from others.
FOLLOWS = frozenset(
    (
        *("ec2_backend", "id", "tags", "region_name", "owner_id", "account_id", "partition"),
        *("_unused_ips", "_subnet_ips", "_available_ip_addresses", "_subnet_ip_generator", "cidr", "enis"),
        *("_tick", "_coming", "_going", "_attaching", "_attachment"),
    )
)
# The first interface's groups and address belong to its instance, and are reported there.
_FIRST_INTERFACE = FOLLOWS | {"_group_set", "public_ip", "attach_time", "attachment_id", "status"}


_EMPTY = (list, dict, set, tuple)


class Remainder:
    """Reads the objects of one of moto's backends."""

    def __init__(self, backend: Any, things: Iterable[tuple[str, Any]]):
        """`things` have ids: a reference to one of them is written as its id."""
        self._ids = {id(backend): "account", **{id(thing): name for name, thing in things}}
        self._open: set[int] = set()

    def of(self, thing: Any, without: frozenset[str] = FOLLOWS) -> dict[str, str]:
        """The attributes of a thing as texts by name, without empty ones and those in `without`."""
        found = {}
        for name, value in vars(thing).items():
            if name in without or value is None:
                continue
            kind = type(value)
            if kind is str:
                if value:
                    found[name.lstrip("_")] = value
            elif kind is bool or kind is int:
                found[name.lstrip("_")] = repr(value)
            elif kind not in _EMPTY or value:
                found[name.lstrip("_")] = self.text(value)
        return found

    def text(self, value: Any) -> str:
        """A value as text: equal values give equal texts."""
        kind = type(value)
        if kind is str:
            return str(value)
        if value is None or kind is bool or kind is int or kind is float:
            return repr(value)
        if id(value) in self._ids:
            return self._ids[id(value)]
        if isinstance(value, dict):
            return "{" + ", ".join([f"{self.text(k)}: {self.text(v)}" for k, v in value.items()]) + "}"
        if isinstance(value, list | tuple):
            return "[" + ", ".join([self.text(each) for each in value]) + "]"
        if isinstance(value, set | frozenset):
            return "[" + ", ".join(sorted([self.text(each) for each in value])) + "]"
        return self._of_object(value)

    def _of_object(self, value: Any) -> str:
        if isinstance(value, TimedState):
            return value.target
        if isinstance(value, bytes | datetime | ipaddress._IPAddressBase):
            return str(value)
        if id(value) in self._open or not hasattr(value, "__dict__"):
            return type(value).__name__
        self._open.add(id(value))
        parts = [f"{name}={self.text(each)}" for name, each in vars(value).items() if name not in FOLLOWS]
        self._open.discard(id(value))
        return f"{type(value).__name__}({', '.join(parts)})"


def others(backend: Any) -> list[tuple[str, str, Any]]:
    """Everything in a region that is not read field by field: the name of the collection, the id, the object."""
    found: list[tuple[str, str, Any]] = []
    for sort, held in vars(backend).items():
        if sort not in READ and held and not sort.startswith(("drycloud", "_")):
            found += [(sort, name, thing) for name, thing in _members(sort, held) if _is_own(thing, backend)]
    return found


def read_others(region: str, backend: Any, held: list[tuple[str, str, Any]], reader: Remainder) -> Iterator[Other]:
    """These things as values."""
    for sort, name, thing in held:
        instance = getattr(thing, "instance", None) if sort == "enis" else None
        is_first = instance is not None and thing.device_index == 0
        rest = reader.of(thing, _FIRST_INTERFACE if is_first else FOLLOWS) if hasattr(thing, "__dict__") else {}
        yield Other(
            id=name,
            region=region,
            tags={key: value or "" for key, value in backend.tags[name].items()} if name in backend.tags else {},
            rest=rest or {"value": reader.text(thing)},
            sort=sort,
            state=_state(thing),
            attached_to=instance.id if instance is not None else None,
        )


def _members(sort: str, held: Any) -> list[tuple[str, Any]]:
    """The things of a collection by id; a collection of collections is flattened."""
    if not isinstance(held, dict | list):
        return [(sort, held)]
    pairs: list[tuple[Any, Any]] = list(held.items() if isinstance(held, dict) else enumerate(held))
    if pairs and all(isinstance(thing, dict) for _, thing in pairs):
        inner = [pair for _, thing in pairs for pair in thing.items()]
        pairs = inner if all(hasattr(thing, "__dict__") for _, thing in inner) else pairs
    return [(str(getattr(thing, "id", None) or name), thing) for name, thing in pairs]


def _is_own(thing: Any, backend: Any) -> bool:
    return getattr(thing, "owner_id", backend.account_id) in (backend.account_id, None)


def _state(thing: Any) -> str | None:
    state = getattr(thing, "state", None)
    return state if isinstance(state, str) else None
