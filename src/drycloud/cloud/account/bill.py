"""What is left in the account, priced per month from a dated table of list prices (cloud/data/prices.json)."""

from collections import Counter
from collections.abc import Iterator

from drycloud.cloud.account.resources import (
    Address,
    AnyResource,
    DiskSnapshot,
    Instance,
    NatGateway,
    ObjectVersion,
    Upload,
    Volume,
)
from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.state.prices import prices
from drycloud.report import Bill, BillItem

_UNITS = ("bytes", "KiB", "MiB", "GiB")
_RUNNING = ("running", "pending")


def price(snapshot: Snapshot, before: Snapshot | None = None) -> Bill:
    """The bill of a month (US dollars) if everything in the snapshot stays as it is, and the bill of `before`.

    It counts running instances by type, volumes and snapshots by their size, public addresses, idle or in use, NAT
    gateways, and S3 storage with all versions and the parts of unfinished uploads. Spot instances count at the list
    price, every region at the prices of one; requests, traffic and a volume's extra IOPS do not count. A resource that
    is not in the price list has no price (None).
    """
    held = list(snapshot.resources.values())
    items = [*_instances(held), *_volumes(held), *_snapshots(held), *_addresses(held), *_gateways(held)]
    items += _stored(held)
    total = round(sum(item.monthly_usd or 0.0 for item in items), 2)
    return Bill(total, items, price(before).monthly_usd if before else 0.0)


def _instances(held: list[AnyResource]) -> Iterator[BillItem]:
    running = Counter(r.instance_type for r in held if isinstance(r, Instance) and r.state in _RUNNING)
    for kind, count in sorted(running.items()):
        yield BillItem(kind, count, "running", _hourly(count, prices()["instance_hour_usd"].get(kind)))


def _volumes(held: list[AnyResource]) -> Iterator[BillItem]:
    sizes: Counter[str] = Counter()
    for r in held:
        if isinstance(r, Volume):
            sizes[r.volume_type] += r.size_gib
    for kind, gib in sorted(sizes.items()):
        yield BillItem(kind, gib, "GiB", _rounded(gib, prices()["volume_gib_month_usd"].get(kind)))


def _snapshots(held: list[AnyResource]) -> Iterator[BillItem]:
    gib = sum(r.size_gib for r in held if isinstance(r, DiskSnapshot))
    if gib:
        yield BillItem("snapshots", gib, "GiB", _rounded(gib, prices()["snapshot_gib_month_usd"]))


def _addresses(held: list[AnyResource]) -> Iterator[BillItem]:
    """Every public IPv4 address costs the same: Elastic IPs, and the public addresses of running instances."""
    used = {r.id: r.public_ip for r in held if isinstance(r, Instance) and r.state in _RUNNING and r.public_ip}
    elastic = [r for r in held if isinstance(r, Address)]
    idle = sum(r.instance_id not in used for r in elastic)
    for count, what in ((idle, "idle"), (len(used), "public")):
        if count:
            name = f"{what} address" if count == 1 else f"{what} addresses"
            yield BillItem(name, count, "allocated", _hourly(count, prices()["address_hour_usd"]))


def _gateways(held: list[AnyResource]) -> Iterator[BillItem]:
    count = sum(isinstance(r, NatGateway) and r.state not in ("deleting", "deleted") for r in held)
    if count:
        name = "NAT gateway" if count == 1 else "NAT gateways"
        yield BillItem(name, count, "allocated", _hourly(count, prices()["nat_gateway_hour_usd"]))


def _stored(held: list[AnyResource]) -> Iterator[BillItem]:
    size: float = sum(r.size for r in held if isinstance(r, ObjectVersion | Upload))
    if size:
        monthly = _rounded(size / 1024**3, prices()["s3_gib_month_usd"])
        power = next((n for n in range(3) if size < 1024 ** (n + 1)), 3)
        yield BillItem("S3 storage", round(size / 1024**power, 1), _UNITS[power], monthly)


def _hourly(count: float, usd: float | None) -> float | None:
    return _rounded(count * prices()["hours_per_month"], usd)


def _rounded(count: float, usd: float | None) -> float | None:
    return None if usd is None else round(count * usd, 2)
