"""Regions, zones, instance types, and whose snapshots are whose."""

from typing import Any

from fidelity.rows.storage import volume
from fidelity.table import NO_ANSWER, Lab, Row

OPEN = 17  # regions of a new account


def regions(lab: Lab, **words: Any) -> list[str]:
    return [region["RegionName"] for region in lab.ec2.describe_regions(**words)["Regions"]]


def foreign(lab: Lab, **words: Any) -> list[str]:
    """Regions of China and of the US government."""
    return [name for name in sorted(regions(lab, **words)) if name.startswith(("cn-", "us-gov-"))]


def zones(lab: Lab, **words: Any) -> list[str]:
    return [zone["ZoneName"] for zone in lab.ec2.describe_availability_zones(**words)["AvailabilityZones"]]


def in_region(lab: Lab, region: str) -> str:
    lab.client("ec2", region).describe_instances()
    return "answered"


def types(lab: Lab, name: str, value: str) -> list[str]:
    """The types that a filter finds, three at most."""
    found = lab.ec2.describe_instance_types(Filters=[{"Name": name, "Values": [value]}])["InstanceTypes"]
    return sorted(kind["InstanceType"] for kind in found)[:3]


def unlisted(lab: Lab) -> str:
    lab.ec2.describe_instance_types(InstanceTypes=["t9.gigantic"])
    return "listed"


def snapshots(lab: Lab, **words: Any) -> bool:
    """Whether a listing with `words` holds the account's snapshots alone, a new one among them."""
    new = lab.ec2.create_snapshot(VolumeId=volume(lab))["SnapshotId"]
    found = lab.ec2.describe_snapshots(**words)["Snapshots"]
    return new in [one["SnapshotId"] for one in found] and {one["OwnerId"] for one in found} == {"123456789012"}


def public(lab: Lab) -> str:
    """A snapshot of Amazon's."""
    return str(
        lab.ec2.describe_images(ImageIds=[lab.image])["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
    )


def amazons(lab: Lab) -> bool:
    """Whether Amazon's snapshots are listed without the account's."""
    found = lab.ec2.describe_snapshots(OwnerIds=["amazon"])["Snapshots"]
    return bool(found) and "123456789012" not in {one["OwnerId"] for one in found}


def shared(lab: Lab) -> str:
    """Share out a snapshot of Amazon's."""
    words = {"Attribute": "createVolumePermission", "OperationType": "add", "GroupNames": ["all"]}
    lab.ec2.modify_snapshot_attribute(SnapshotId=public(lab), **words)
    return "shared"


def filtered(lab: Lab, operation: str, name: str = "bogus") -> str:
    """List by a filter, where there is a machine with all that belongs to it: moto looks at filters thing by thing."""
    key = lab.name()
    lab.ec2.create_key_pair(KeyName=key)
    lab.launch(running=False, KeyName=key)
    getattr(lab.ec2, operation)(Filters=[{"Name": name, "Values": ["x"]}])
    return "answered"


def network_of(lab: Lab, region: str) -> list[str]:
    """The states of a region's own network, which nobody has looked at before."""
    ec2 = lab.client("ec2", region)
    found = [*ec2.describe_vpcs()["Vpcs"], *ec2.describe_subnets()["Subnets"]]
    return sorted({one["State"] for one in found})


def statuses(lab: Lab, **words: Any) -> list[str]:
    """The regions that are told, each with whether it is open to the account."""
    return [
        f"{region['RegionName']} {region['OptInStatus']}" for region in lab.ec2.describe_regions(**words)["Regions"]
    ]


VALUE = "error InvalidParameterValue"


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str) -> Row:
    return Row(number, "ec2", what, call, aws, stock, source)


ROWS = [
    row(155, "describe_regions", lambda lab: len(regions(lab)), OPEN, 38, "M, U"),
    row(
        155,
        "describe_regions: China and governments",
        foreign,
        [],
        ["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1"],
        "M",
    ),
    row(
        155,
        "describe_regions(AllRegions=True): one to be opened",
        lambda lab: "af-south-1" in regions(lab, AllRegions=True),
        True,
        True,
        "M",
    ),
    row(155, "describe_regions without it", lambda lab: "af-south-1" in regions(lab), False, True, "M"),
    row(
        0,
        "describe_regions by opt-in-status",
        lambda lab: len(regions(lab, Filters=[{"Name": "opt-in-status", "Values": ["opted-in"]}])),
        0,
        38,
        "M",
    ),
    row(
        156,
        'describe_regions(RegionNames=["mars-1"])',
        lambda lab: regions(lab, RegionNames=["mars-1"]),
        VALUE,
        [],
        "U",
    ),
    row(
        156,
        'describe_availability_zones(ZoneNames=["us-east-1z"])',
        lambda lab: zones(lab, ZoneNames=["us-east-1z"]),
        VALUE,
        [],
        "U",
    ),
    row(0, "describe_availability_zones", lambda lab: len(zones(lab)), 6, 6, "M"),
    row(
        0,
        "describe_availability_zones by opt-in-status",
        lambda lab: len(zones(lab, Filters=[{"Name": "opt-in-status", "Values": ["opt-in-not-required"]}])),
        6,
        6,
        "M",
    ),
    row(
        157,
        'a client for the region "mars-1"',
        lambda lab: in_region(lab, "mars-1"),
        "error AuthFailure",
        NO_ANSWER,
        "U",
    ),
    row(
        158,
        "a client for a region that is not open to the account",
        lambda lab: in_region(lab, "me-south-1"),
        "error AuthFailure",
        "answered",
        "U",
    ),
    row(
        153,
        'describe_instance_types(["t9.gigantic"])',
        unlisted,
        "error InvalidInstanceType",
        "error InvalidInstanceType",
        "GH scylla-cluster-tests#12419",
    ),
    row(
        154,
        "instance types by free-tier-eligible",
        lambda lab: types(lab, "free-tier-eligible", "true"),
        ["c7i-flex.large", "m7i-flex.large", "t3.micro"],
        ["c7i-flex.large", "m7i-flex.large", "t3.micro"],
        "M",
    ),
    row(
        154,
        "instance types by a wildcard",
        lambda lab: types(lab, "instance-type", "t3.n*"),
        ["t3.nano"],
        ["t3.nano"],
        "M",
    ),
    row(
        154,
        "instance types by processors",
        lambda lab: types(lab, "vcpu-info.default-vcpus", "448")[:1],
        ["u-6tb1.112xlarge"],
        ["u-6tb1.112xlarge"],
        "M",
    ),
    row(154, "instance types by a filter that there is not", lambda lab: types(lab, "bogus", "x"), VALUE, VALUE, "EC"),
    row(114, 'describe_snapshots(OwnerIds=["self"])', lambda lab: snapshots(lab, OwnerIds=["self"]), True, False, "M"),
    row(
        114,
        "describe_snapshots by owner-id",
        lambda lab: snapshots(lab, Filters=[{"Name": "owner-id", "Values": ["123456789012"]}]),
        True,
        True,
        "M",
    ),
    row(114, 'describe_snapshots(OwnerIds=["amazon"])', amazons, True, False, "M"),
    row(
        0,
        "describe_snapshots by owner-alias",
        lambda lab: filtered(lab, "describe_snapshots", "owner-alias"),
        "answered",
        NO_ANSWER,
        "M",
    ),
    row(125, "share out a snapshot of Amazon's", shared, "error AuthFailure", "shared", "EC, U"),
    row(
        125,
        "delete a snapshot of Amazon's",
        lambda lab: lab.ec2.delete_snapshot(SnapshotId=public(lab)),
        "error AuthFailure",
        "error InvalidSnapshot.InUse",
        "EC, U",
    ),
    row(49, "VPCs by a filter that there is not", lambda lab: filtered(lab, "describe_vpcs"), VALUE, NO_ANSWER, "EC"),
    row(
        49,
        "subnets by a filter that there is not",
        lambda lab: filtered(lab, "describe_subnets"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(
        49,
        "interfaces by a filter that there is not",
        lambda lab: filtered(lab, "describe_network_interfaces"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(49, "tags by a filter that there is not", lambda lab: filtered(lab, "describe_tags"), VALUE, "answered", "EC"),
    row(
        49,
        "volumes by a filter that there is not",
        lambda lab: filtered(lab, "describe_volumes"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(
        49,
        "key pairs by a filter that there is not",
        lambda lab: filtered(lab, "describe_key_pairs"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(
        49,
        "security groups by a filter that there is not",
        lambda lab: filtered(lab, "describe_security_groups"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(
        0,
        "a region's own network at the first look",
        lambda lab: network_of(lab, "ap-northeast-3"),
        ["available"],
        ["available"],
        "M",
    ),
    row(
        158,
        "the caller's identity in a region that is not open to the account",
        lambda lab: lab.client("sts", "me-south-1").get_caller_identity()["Account"],
        "error InvalidClientTokenId",
        "123456789012",
        "M",
    ),
    row(
        155,
        'describe_regions(RegionNames=["ap-east-1"])',
        lambda lab: statuses(lab, RegionNames=["ap-east-1"]),
        ["ap-east-1 not-opted-in"],
        ["ap-east-1 not-opted-in"],
        "EC",
    ),
    row(
        156,
        "describe_regions of one that there is and one that there is not",
        lambda lab: statuses(lab, RegionNames=["us-east-1", "mars-1"]),
        VALUE,
        ["us-east-1 opt-in-not-required"],
        "U",
    ),
]
