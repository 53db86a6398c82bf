"""What is left in the account, priced per month from a dated table of list prices (cloud/data/prices.json)."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from drycloud.cloud.engine import DATA
from drycloud.cloud.resources import Address, DiskSnapshot, Instance, ObjectVersion, Volume
from drycloud.cloud.snapshot import Snapshot
from drycloud.report import Bill, BillItem

_GIB = 1024**3


def price(snapshot: Snapshot) -> Bill:
    """The bill of a month (US dollars) if everything in the snapshot stays as it is.

    Running instances by type, volumes, snapshots, idle addresses and S3 storage (all versions) count; a type that
    the price list does not hold is listed at 0.
    """
    items = [*_instances(snapshot), *_storage(snapshot), *_addresses(snapshot)]
    return Bill(monthly_usd=round(sum(item.monthly_usd for item in items), 2), items=items)


@cache
def prices() -> dict[str, Any]:
    """The price list."""
    table: dict[str, Any] = json.loads((DATA / "prices.json").read_text(encoding="utf-8"))
    return table


def _instances(snapshot: Snapshot) -> Iterator[BillItem]:
    running = [r for r in snapshot.resources.values() if isinstance(r, Instance) and r.state in ("running", "pending")]
    for kind, count in sorted(Counter(r.instance_type for r in running).items()):
        hour = prices()["instance_hour_usd"].get(kind, 0.0)
        yield BillItem(kind, count, "running", round(count * hour * prices()["hours_per_month"], 2))


def _storage(snapshot: Snapshot) -> Iterator[BillItem]:
    held = snapshot.resources.values()
    sizes: Counter[str] = Counter()
    for r in held:
        if isinstance(r, Volume):
            sizes[r.volume_type] += r.size_gib
    for kind, gib in sorted(sizes.items()):
        yield BillItem(f"{kind} volumes", gib, "GiB", round(gib * prices()["volume_gib_month_usd"].get(kind, 0.0), 2))
    snapshots = sum(r.size_gib for r in held if isinstance(r, DiskSnapshot))
    if snapshots:
        yield BillItem("snapshots", snapshots, "GiB", round(snapshots * prices()["snapshot_gib_month_usd"], 2))
    stored = sum(r.size for r in held if isinstance(r, ObjectVersion)) / _GIB
    if stored:
        yield BillItem("S3 storage", round(stored, 6), "GiB", round(stored * prices()["s3_gib_month_usd"], 2))


def _addresses(snapshot: Snapshot) -> Iterator[BillItem]:
    idle = sum(isinstance(r, Address) and r.instance_id is None for r in snapshot.resources.values())
    if idle:
        monthly = idle * prices()["address_hour_usd"] * prices()["hours_per_month"]
        yield BillItem("idle addresses", idle, "allocated", round(monthly, 2))
