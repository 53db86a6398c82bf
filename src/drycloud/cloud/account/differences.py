"""The differences between two states of one resource, in words."""

import re
from collections.abc import Collection

from msgspec import structs

from drycloud.cloud.account.resources import AnyResource, Instance

# What AWS itself changes when an instance stops, starts or ends: the student did not do it.
_CONSEQUENCES = ("public_ip", "private_ip", "public_dns", "groups", "subnet_id", "attached_to", "ends_with_it")
# Reported by another field, if that differs.
_TOLD_BY = {
    "descriptions": ("inbound", "outbound"),
    "acl": ("public", "acls_disabled"),
    "public_access_block": ("public_access_blocked",),
    "block_device_mapping": ("attached_to",),
}
_UNTOLD = ("etag", "data", "id", "is_latest", "rest")
# moto's names and plain names; other names are shown with spaces.
_WORDS = {
    "accelerate_configuration": "transfer acceleration",
    "acl": "access list",
    "cors": "CORS rules",
    "descriptions": "rules' descriptions",
    "enable_dns_hostnames": "setting of DNS names",
    "launch_permissions": "list of those who may launch it",
    "main_association_id": "place as the main route table",
    "network_acl_entries": "rules",
    "notification_configuration": "notifications",
    "payer": "setting of who pays for requests",
    "rules": "lifecycle rules",
    "source_dest_check": "source/destination check",
    "vpc": "attachment to a network",
    "website_configuration": "website",
}
_PLAIN = re.compile(r"[\w ./:@+-]{1,60}")


def differences(old: AnyResource, new: AnyResource, spared: Collection[str]) -> list[str]:
    """The differences, except in the `spared` fields ("groups", or a name in `rest`)."""
    before, after = structs.asdict(old), structs.asdict(new)
    moved = isinstance(old, Instance) and isinstance(new, Instance) and old.state != new.state
    fields = {name for name in before if before[name] != after[name]}.difference(_UNTOLD, spared)
    if moved:
        fields.difference_update(_CONSEQUENCES)
    told = [_difference(name, before[name], after[name]) for name in before if name in fields]
    return told if moved else told + _of_the_rest(old.rest, new.rest, {*fields, *spared})


def _of_the_rest(old: dict[str, str], new: dict[str, str], seen: Collection[str]) -> list[str]:
    names = [name for name in {**old, **new} if old.get(name) != new.get(name) and name not in seen]
    told = []
    for name in names:
        if not any(other in seen for other in _TOLD_BY.get(name, ())):
            was, now, words = old.get(name, "none"), new.get(name, "none"), _WORDS.get(name, name.replace("_", " "))
            plain = _PLAIN.fullmatch(was) and _PLAIN.fullmatch(now)
            told.append(f"its {words} was {was}, is {now}" if plain else f"its {words} changed")
    return told


def _difference(field: str, old: object, new: object) -> str:
    """The old and new value; for lists the added and removed items, since lists may be long."""
    if isinstance(old, list) and isinstance(new, list):
        went, came = ([str(item) for item in a if item not in b] for a, b in ((old, new), (new, old)))
        told = [f"{verb} {_short(', '.join(items))}" for verb, items in (("lost", went), ("gained", came)) if items]
        if told:
            return f"{field} {', '.join(told)}"
    return f"{field} was {_short(old)}, is {_short(new)}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
