"""Regions and their zones, for an account that has not enabled further ones."""

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.describe.filters import selected
from drycloud.cloud.rules.registry import Answer, before, xml

_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"


def _end_dry_run(request: AwsRequest) -> None:
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)


@before("ec2", "DescribeRegions")
def regions_of_the_account(request: AwsRequest) -> Answer:
    """moto lists all regions, even of China and the US government (155), and nothing for unknown ones (156)."""
    known = sorted(engine.known_regions())
    names = request.values("RegionName") or (known if request.flag("AllRegions") else list(engine.REGIONS))
    unknown = [name for name in dict.fromkeys(names) if name not in known]
    if unknown:
        raise AwsError("InvalidParameterValue", f"Invalid region names: [{', '.join(unknown)}]")
    _end_dry_run(request)
    items = "".join(_region(name) for name in known if name in names)
    body = f'<DescribeRegionsResponse xmlns="{_DOC}"><regionInfo>{items}</regionInfo></DescribeRegionsResponse>'
    return selected(request, xml(body))


def _region(name: str) -> str:
    status = "opt-in-not-required" if name in engine.REGIONS else "not-opted-in"
    return (
        f"<item><regionName>{name}</regionName><regionEndpoint>ec2.{name}.amazonaws.com</regionEndpoint>"
        f"<optInStatus>{status}</optInStatus></item>"
    )


@before("ec2", "DescribeAvailabilityZones")
def zones_of_the_region(request: AwsRequest) -> Answer:
    """moto lists nothing for an unknown zone (156), and returns half of a zone's fields."""
    zones = request.ec2.describe_availability_zones()
    for what, field, known in (
        ("ZoneName", "availability zone", {zone.name for zone in zones}),
        ("ZoneId", "availability zone ID", {zone.zone_id for zone in zones}),
    ):
        for name in request.values(what):
            if name not in known:
                raise AwsError("InvalidParameterValue", f"Invalid {field}: [{name}]")
    _end_dry_run(request)
    names, ids = request.values("ZoneName"), request.values("ZoneId")
    named = [z for z in zones if (not names or z.name in names) and (not ids or z.zone_id in ids)]
    items = "".join(
        f"<item><zoneName>{zone.name}</zoneName><zoneState>available</zoneState><regionName>{request.region}"
        f"</regionName><messageSet/><zoneId>{zone.zone_id}</zoneId><groupName>{request.region}-zg-1</groupName>"
        f"<networkBorderGroup>{request.region}</networkBorderGroup><zoneType>availability-zone</zoneType>"
        "<optInStatus>opt-in-not-required</optInStatus></item>"
        for zone in named
    )
    return selected(
        request,
        xml(f'<DescribeAvailabilityZonesResponse xmlns="{_DOC}"><availabilityZoneInfo>{items}</availabilityZoneInfo>'
            "</DescribeAvailabilityZonesResponse>"),
    )  # fmt: skip
