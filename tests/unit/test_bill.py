"""The bill: what counts, what it costs, and the one line that tells it."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from repository import ROOT

from drycloud.cloud.account.bill import price
from drycloud.cloud.account.resources import Address, DiskSnapshot, Instance, Object, ObjectVersion, Volume
from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.state.prices import prices
from drycloud.report import Bill, BillItem, CheckResult, Report, Run

SIZES = {"nano": 1 / 16, "micro": 1 / 8, "small": 1 / 4, "medium": 1 / 2, "large": 1.0, "xlarge": 2.0}
TYPE = re.compile(r"\b[a-z]{1,3}\d[a-z]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal)\b")


def account(*resources) -> Snapshot:
    return Snapshot({r.identity: r for r in resources})


def instance(number: int = 1, kind: str = "t3.micro", state: str = "running", ip: str | None = None) -> Instance:
    return Instance(
        id=f"i-{number}", region="us-east-1", state=state, instance_type=kind, image_id="ami-1", public_ip=ip
    )


def volume(number: int = 1, gib: int = 8, kind: str = "gp3") -> Volume:
    return Volume(id=f"vol-{number}", region="us-east-1", state="in-use", size_gib=gib, volume_type=kind)


def address(number: int = 1, instance_id: str | None = None) -> Address:
    ip = f"192.0.2.{number}"
    return Address(id=f"eipalloc-{number}", region="us-east-1", public_ip=ip, instance_id=instance_id)


def version(key: str, size: int, number: int = 1) -> ObjectVersion:
    id = f"b/{key}?versionId={number}"
    return ObjectVersion(id=id, region="us-east-1", bucket="b", key=key, size=size, version_id=str(number))


def costs(bill: Bill) -> dict[str, float | None]:
    return {item.in_words: item.monthly_usd for item in bill.items}


def test_the_line_tells_what_is_left_and_what_it_costs():
    """Instances by type, disks, addresses; the sum; and how that compares with what was there before."""
    after = account(instance(), volume(), address())
    assert price(after).monthly_usd == 11.88
    assert price(after, account(volume())).in_words == (
        "Left running: 1 t3.micro, 8 GiB gp3, 1 idle address: about $11.88 a month, $11.24 more than before your "
        "code ran."
    )
    assert price(after, after).in_words.endswith("about $11.88 a month, as before your code ran.")
    assert price(account(volume()), after).in_words == (
        "Left in the account: 8 GiB gp3: about $0.64 a month, $11.24 less than before your code ran."
    )
    assert price(account(), after).in_words == (
        "Nothing is left that costs anything, $11.88 less than before your code ran."
    )
    assert price(account(), account()).in_words == ""


def test_what_runs_is_counted_by_type():
    """Stopped and terminated instances cost nothing themselves; their disks go on."""
    kinds = [instance(1), instance(2), instance(3, "g5.xlarge"), instance(4, "m5.large", "stopped")]
    gone = instance(5, "p5.48xlarge", "terminated")
    assert costs(price(account(*kinds, gone, volume(1, 100), volume(2, 50, "gp2"), volume(3, 20)))) == {
        "1 g5.xlarge": 734.38,
        "2 t3.micro": 15.18,
        "50 GiB gp2": 5.0,
        "120 GiB gp3": 9.6,
    }


def test_addresses_cost_whether_they_are_used_or_not():
    """Elastic IPs and the addresses that running instances are given cost the same; none is counted twice."""
    held = [
        instance(1, ip="192.0.2.1"),
        address(1, "i-1"),
        instance(2, ip="198.51.100.7"),
        instance(3, state="stopped"),
        address(3, "i-3"),
        address(4),
        address(5),
    ]
    found = costs(price(account(*held)))
    assert (found["3 idle addresses"], found["2 public addresses"]) == (10.95, 7.3)


def test_storage_is_counted_with_all_versions():
    """Old versions in S3 cost like new ones; the current object is not counted beside its version."""
    gib = 1024**3
    current = Object(id="b/a", region="us-east-1", bucket="b", key="a", size=5 * gib)
    stored = account(current, version("a", 5 * gib, 2), version("a", 5 * gib, 1))
    assert costs(price(stored)) == {"10 GiB S3 storage": 0.23}
    disks = [DiskSnapshot(id=f"snap-{n}", region="us-east-1", volume_id="vol-1", size_gib=30) for n in (1, 2)]
    assert costs(price(account(*disks))) == {"60 GiB snapshots": 3.0}


@pytest.mark.parametrize(("size", "told"), [(700, "700 bytes"), (15_000, "14.6 KiB"), (3 * 1024**2, "3 MiB")])
def test_a_few_files_cost_less_than_a_cent(size, told):
    """No zero dollars, and no gigabytes with ten places."""
    assert price(account(version("a", size))).in_words.startswith(
        f"Left in the account: {told} S3 storage: less than a cent a month"
    )


def test_a_type_without_a_price_is_said_to_have_none():
    """It does not count as free: the sum is the least that it may be."""
    bill = price(account(instance(1, "u-6tb1.metal"), volume()))
    assert bill.items[0].monthly_usd is None
    assert bill.in_words.startswith("Left running: 1 u-6tb1.metal (price unknown), 8 GiB gp3: at least $0.64 a month")


def test_every_type_of_the_course_has_a_price():
    """Lessons, scenes and solutions name no type that the price list does not hold."""
    used = {kind for tree in ("exercises", "solutions") for path in (ROOT / tree).rglob("*.py") for kind in named(path)}
    assert "t3.micro" in used
    assert used - set(prices()["instance_hour_usd"]) == set()


def named(path: Path) -> list[str]:
    return TYPE.findall(path.read_text(encoding="utf-8"))


def test_the_price_list_is_dated_and_holds_together():
    """Sizes of one family cost in proportion, except where graphics cards do not grow with the processors."""
    table = prices()
    assert date.fromisoformat(table["as_of"]) > date(2026, 1, 1)
    assert table["region"] == "us-east-1"
    for kind, hour in table["instance_hour_usd"].items():
        family, size = kind.split(".")
        large = table["instance_hour_usd"].get(f"{family}.large")
        if large and not family.startswith(("g", "p")):
            size_factor = SIZES.get(size) or 2 * float(size.removesuffix("xlarge"))
            assert hour == pytest.approx(large * size_factor, rel=0.011), kind


def test_less_is_told_only_where_all_is_right() -> None:
    """A bill that shrank by other people's machines is no good news; one that grew is told in any case."""
    run, bill = Run(), Bill(10.0, [BillItem("t3.micro", 1, "running", 10.0)], 30.0)

    def costs(bill: Bill, outcome: str) -> str:
        checks = [CheckResult("test_a", "A.", False, outcome, 1.0, 0.0)]
        return Report("ann", "02_ec2", "terminate", "graded", 0.0, 1.0, run, checks, [], bill).costs

    assert costs(bill, "passed").endswith("$20.00 less than before your code ran.")
    assert costs(bill, "failed") == "Left running: 1 t3.micro: about $10.00 a month."
    assert "more than before" in costs(structs.replace(bill, before_usd=5.0), "failed")
    assert costs(Bill(0.0, [], 30.0), "failed") == "Nothing is left that costs anything."
