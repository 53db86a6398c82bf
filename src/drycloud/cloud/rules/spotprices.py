"""What Spot instances cost: a price for each type, which stays, see cloud/prices.py."""

from datetime import UTC, datetime
from typing import Any

from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.patches.filters import fits
from drycloud.cloud.prices import spot_price
from drycloud.cloud.rules.paging import answers_come_in_pages
from drycloud.cloud.rules.registry import Answer, before, xml

_PRODUCT = "Linux/UNIX"
_FIELDS = {"availability-zone": "availabilityZone", "instance-type": "instanceType", "spot-price": "spotPrice"}
_FIELDS |= {"product-description": "productDescription", "timestamp": "timestamp"}
_MOST = 1000  # in a page


@before("ec2", "DescribeSpotPriceHistory")
def spot_prices_are_of_types(ask: Ask) -> Answer:
    """moto has one price for all, of 2006, and does not read ProductDescriptions (152)."""
    if ask.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    ask.page = ask.page or (0, _MOST)
    items = "".join(
        f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in price.items())}</item>"
        for price in _prices(ask)
        if _is_wanted(ask, price)
    )
    answer = xml(
        f"<{ask.operation}Response><spotPriceHistorySet>{items}</spotPriceHistorySet></{ask.operation}Response>"
    )
    return answers_come_in_pages(ask, answer) or answer


def _prices(ask: Ask) -> list[dict[str, str]]:
    """Of each type in each zone, since the hour began."""
    from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS

    since = f"{datetime.now(UTC):%Y-%m-%dT%H:00:00.000Z}"
    kinds, zone = ask.values("InstanceType"), ask.value("AvailabilityZone")
    offers: list[dict[str, Any]] = INSTANCE_TYPE_OFFERINGS["availability-zone"].get(ask.region, [])
    return [
        {
            "instanceType": offer["InstanceType"],
            "productDescription": _PRODUCT,
            "spotPrice": f"{spot_price(offer['InstanceType']):.6f}",
            "timestamp": since,
            "availabilityZone": offer["Location"],
        }
        for offer in offers
        if (not kinds or offer["InstanceType"] in kinds) and zone in (None, offer["Location"])
    ]


def _is_wanted(ask: Ask, price: dict[str, str]) -> bool:
    products = [name.removesuffix(" (Amazon VPC)") for name in ask.values("ProductDescription")]
    if products and price["productDescription"] not in products:
        return False
    for member in ask.members("Filter"):
        patterns = [text.removesuffix(" (Amazon VPC)") for field, text in member.items() if field != "Name"]
        if not fits(price.get(_FIELDS.get(member["Name"], "")), patterns):
            return False
    return True
