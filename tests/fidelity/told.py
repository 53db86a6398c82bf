"""What AWS always tells of a thing. The names are those of the answers in AWS's examples of its command line tool."""

from typing import Any

from fidelity.named import address_of, found
from fidelity.table import Lab, Row

INSTANCE = {
    "CapacityReservationSpecification": {"CapacityReservationPreference": "open"},
    "CpuOptions": {"CoreCount": 1, "ThreadsPerCore": 2},
    "EbsOptimized": False,
    "EnaSupport": True,
    "EnclaveOptions": {"Enabled": False},
    "HibernationOptions": {"Configured": False},
    "MaintenanceOptions": {"AutoRecovery": "default"},
    "PlatformDetails": "Linux/UNIX",
    "PrivateDnsNameOptions": {
        "HostnameType": "ip-name",
        "EnableResourceNameDnsARecord": False,
        "EnableResourceNameDnsAAAARecord": False,
    },
    "SourceDestCheck": True,
    "UsageOperation": "RunInstances",
}
KNOWN = ("EbsOptimized", "SourceDestCheck")  # to moto
VOLUMES = {  # kind and GiB: how fast it is
    ("gp2", 9): (100, None),
    ("gp2", 100): (300, None),
    ("gp2", 6000): (16000, None),
    ("gp3", 9): (3000, 125),
    ("standard", 9): (None, None),
}
CHANGE = {"OriginalSize": 100, "TargetSize": 200, "OriginalIops": 300, "TargetIops": 600}
CHANGE |= dict.fromkeys(("OriginalVolumeType", "TargetVolumeType"), "gp2")


def differs(told: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """The names whose values are not as wanted."""
    return [name for name, value in wanted.items() if told.get(name) != value]


def instance(lab: Lab, call: str) -> list[str]:
    """What an answer does not tell of an instance."""
    made = lab.ec2.run_instances(ImageId=lab.image, InstanceType="t3.micro", MinCount=1, MaxCount=1)["Instances"][0]
    if call == "describe":
        made = found(lab, "instances", InstanceIds=[made["InstanceId"]])[0]["Instances"][0]
    return differs(made, INSTANCE)


def image(lab: Lab) -> list[str]:
    """What is not told of an image."""
    told = found(lab, "images", ImageIds=[lab.image])[0]
    disk = told["BlockDeviceMappings"][0]["Ebs"]
    return differs({**told, **disk}, {"PlatformDetails": "Linux/UNIX", "UsageOperation": "RunInstances",
                                      "Encrypted": False})  # fmt: skip


def volume(lab: Lab, call: str, kind: str, size: int) -> list[Any]:
    """A volume: how fast it is, and of what it is made."""
    told = lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=size, VolumeType=kind)
    if call == "describe":
        told = found(lab, "volumes", VolumeIds=[told["VolumeId"]])[0]
    return [told.get(name) for name in ("Iops", "Throughput", "SnapshotId", "MultiAttachEnabled")]


def new_tags(lab: Lab) -> Any:
    return lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=8).get("Tags")


def change(lab: Lab) -> list[str]:
    """What is not told of a volume that becomes larger."""
    id = lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=100, VolumeType="gp2")["VolumeId"]
    lab.ec2.get_waiter("volume_available").wait(VolumeIds=[id], WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    return differs(lab.ec2.modify_volume(VolumeId=id, Size=200)["VolumeModification"], CHANGE)


def address(lab: Lab, call: str) -> list[str]:
    """What is not told of an address."""

    def look(made: dict[str, Any]) -> list[str]:
        told = found(lab, "addresses", AllocationIds=[made["AllocationId"]])[0] if call == "describe" else made
        return differs(told, {"PublicIpv4Pool": "amazon", "NetworkBorderGroup": "us-east-1"})

    return address_of(lab, look)


def network(lab: Lab, what: str, **wanted: Any) -> list[str]:
    return differs(found(lab, what)[0], wanted)


def requester(lab: Lab) -> bool:
    """Whether the caller made an interface."""
    subnet = found(lab, "subnets")[0]["SubnetId"]
    made = lab.ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    return bool(made["RequesterId"] == lab.client("sts").get_caller_identity()["UserId"])


def snapshots(lab: Lab) -> Any:
    """The state of a snapshot of all volumes of an instance."""
    words = {"InstanceId": lab.launch()[0]}
    return lab.ec2.create_snapshots(InstanceSpecification=words)["Snapshots"][0].get("State")


def row(number: int, what: str, call: Any, aws: Any, stock: Any) -> Row:
    return Row(number, "ec2", what, call, aws, stock, "M, CLI")


ROWS = [
    *(row(420, f"fields of an instance that are missing or wrong: {call}", lambda lab, call=call: instance(lab, call),
          [], [name for name in INSTANCE if name not in KNOWN]) for call in ("run", "describe")),
    row(421, "fields of an image that are missing or wrong", image, [],
        ["PlatformDetails", "UsageOperation", "Encrypted"]),
    *(row(422, f"{call} volume, {kind} of {size} GiB: IOPS, throughput, snapshot, whether for many",
          lambda lab, call=call, kind=kind, size=size: volume(lab, call, kind, size), [*fast, "", False],
          [3000 if kind == "gp3" else None, None, None, None])
      for (kind, size), fast in VOLUMES.items() for call in ("create", "describe")),
    row(422, "the tags of a new volume without any", new_tags, [], None),
    row(423, "fields of a volume's modification that are missing or wrong", change, [],
        [name for name in CHANGE if "Size" not in name]),
    *(row(424, f"fields of an address that are missing or wrong: {call}", lambda lab, call=call: address(lab, call), [],
          ["PublicIpv4Pool", "NetworkBorderGroup"]) for call in ("allocate", "describe")),
    row(425, "fields of a subnet that are missing or wrong", lambda lab: network(
        lab, "subnets", EnableDns64=False, MapCustomerOwnedIpOnLaunch=False), [],
        ["EnableDns64", "MapCustomerOwnedIpOnLaunch"]),
    row(425, "fields of a route table that are missing or wrong", lambda lab: network(
        lab, "route_tables", PropagatingVgws=[]), [], ["PropagatingVgws"]),
    row(426, "whether the caller made an interface", requester, True, False),
    row(427, "the state of a snapshot of all volumes of an instance", snapshots, "pending", None),
]  # fmt: skip
