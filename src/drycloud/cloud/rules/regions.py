"""Regions and their zones, as an account has them that nobody has opened further ones for."""

from drycloud.cloud import engine
from drycloud.cloud.ask import Ask, AwsError
from drycloud.cloud.patches.filters import fits
from drycloud.cloud.rules.registry import Answer, before, xml

_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"


def _filtered(ask: Ask, items: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those that pass the request's filters; fields are named as filters are."""
    for member in ask.members("Filter"):
        patterns = [text for field, text in member.items() if field.startswith("Value.")]
        items = [item for item in items if fits(item.get(member["Name"]), patterns)]
    return items


def _end_dry_run(ask: Ask) -> None:
    if ask.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)


@before("ec2", "DescribeRegions")
def regions_of_the_account(ask: Ask) -> Answer:
    """moto lists all that there are, of China and of the US government too (155), and nothing for others (156)."""
    known = sorted(engine.known_regions()) if ask.flag("AllRegions") else list(engine.REGIONS)
    names = ask.values("RegionName") or known
    for name in names:
        if name not in known:
            raise AwsError("InvalidParameterValue", f"Invalid region name: [{name}]")
    _end_dry_run(ask)
    found = _filtered(ask, [_region(name) for name in known if name in names])
    items = "".join(
        f"<item><regionName>{r['region-name']}</regionName><regionEndpoint>{r['endpoint']}</regionEndpoint>"
        f"<optInStatus>{r['opt-in-status']}</optInStatus></item>"
        for r in found
    )
    return xml(f'<DescribeRegionsResponse xmlns="{_DOC}"><regionInfo>{items}</regionInfo></DescribeRegionsResponse>')


def _region(name: str) -> dict[str, str]:
    status = "opt-in-not-required" if name in engine.REGIONS else "not-opted-in"
    return {"region-name": name, "endpoint": f"ec2.{name}.amazonaws.com", "opt-in-status": status}


@before("ec2", "DescribeAvailabilityZones")
def zones_of_the_region(ask: Ask) -> Answer:
    """moto lists nothing for a zone that there is not (156), and tells half of a zone's fields."""
    zones = ask.ec2.describe_availability_zones()
    for what, field, known in (
        ("ZoneName", "availability zone", {zone.name for zone in zones}),
        ("ZoneId", "availability zone ID", {zone.zone_id for zone in zones}),
    ):
        for name in ask.values(what):
            if name not in known:
                raise AwsError("InvalidParameterValue", f"Invalid {field}: [{name}]")
    _end_dry_run(ask)
    names, ids = ask.values("ZoneName"), ask.values("ZoneId")
    named = [z for z in zones if (not names or z.name in names) and (not ids or z.zone_id in ids)]
    found = _filtered(ask, [_zone(ask.region, zone.name, zone.zone_id) for zone in named])
    items = "".join(
        f"<item><zoneName>{z['zone-name']}</zoneName><zoneState>available</zoneState><regionName>{ask.region}"
        f"</regionName><messageSet/><zoneId>{z['zone-id']}</zoneId><groupName>{z['group-name']}</groupName>"
        f"<networkBorderGroup>{ask.region}</networkBorderGroup><zoneType>availability-zone</zoneType>"
        "<optInStatus>opt-in-not-required</optInStatus></item>"
        for z in found
    )
    return xml(f'<DescribeAvailabilityZonesResponse xmlns="{_DOC}"><availabilityZoneInfo>{items}</availabilityZoneInfo>'
               "</DescribeAvailabilityZonesResponse>")  # fmt: skip


def _zone(region: str, name: str, id: str) -> dict[str, str]:
    found = {"zone-name": name, "zone-id": id, "region-name": region, "group-name": f"{region}-zg-1"}
    return found | {"state": "available", "zone-type": "availability-zone", "opt-in-status": "opt-in-not-required"}
