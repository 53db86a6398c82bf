"""Spot prices: a constant price for each type, see cloud/state/prices.py."""

from datetime import UTC, datetime
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.describe.paging import in_pages
from drycloud.cloud.rules.registry import Answer, before, xml
from drycloud.cloud.state.prices import spot_price

_PRODUCT = "Linux/UNIX"


@before("ec2", "DescribeSpotPriceHistory")
def spot_prices_depend_on_types(request: AwsRequest) -> Answer:
    """moto has one price for all, of 2006, and ignores ProductDescriptions (152)."""
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    vpc = " (Amazon VPC)"  # the names of products from the time of EC2-Classic
    request.filters = [(name, [text.removesuffix(vpc) for text in texts]) for name, texts in request.filters]
    products = [name.removesuffix(vpc) for name in request.values("ProductDescription")]
    items = "".join(
        f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in price.items())}</item>"
        for price in _prices(request)
        if not products or price["productDescription"] in products
    )
    body = f"<spotPriceHistorySet>{items}</spotPriceHistorySet>"
    return in_pages(request, xml(f"<{request.operation}Response>{body}</{request.operation}Response>"))


def _prices(request: AwsRequest) -> list[dict[str, str]]:
    """The price of each type in each zone, since the beginning of the hour."""
    from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS

    since = f"{datetime.now(UTC):%Y-%m-%dT%H:00:00.000Z}"
    kinds, zone = request.values("InstanceType"), request.value("AvailabilityZone")
    offers: list[dict[str, Any]] = INSTANCE_TYPE_OFFERINGS["availability-zone"].get(request.region, [])
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
