"""AWS's list prices (cloud/data/prices.json, dated), and what a Spot instance costs here."""

import json
from functools import cache
from typing import Any

from drycloud.cloud.moto.engine import DATA

_SPOT_SHARE = 0.35  # of the list price: on AWS the market decides, here it stays
_PER_VCPU = 0.05  # US dollars an hour, for a type that is not in the list: roughly the price of similar types


@cache
def prices() -> dict[str, Any]:
    """The price list."""
    table: dict[str, Any] = json.loads((DATA / "prices.json").read_text(encoding="utf-8"))
    return table


def on_demand_price(instance_type: str) -> float:
    """US dollars an hour; estimated if the type is not in the list."""
    listed: float | None = prices()["instance_hour_usd"].get(instance_type)
    return listed if listed is not None else round(_PER_VCPU * _vcpus(instance_type), 4)


def spot_price(instance_type: str) -> float:
    """US dollars an hour: the same at any time, in all zones."""
    return round(_SPOT_SHARE * on_demand_price(instance_type), 4)


def _vcpus(instance_type: str) -> int:
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    return int(INSTANCE_TYPES.get(instance_type, {}).get("VCpuInfo", {}).get("DefaultVCpus", 1))
