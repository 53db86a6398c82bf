"""What AWS always tells of a thing. The names are those of the answers in AWS's examples of its command line tool."""

from typing import Any

from fidelity.rows.requested_ids import address_of, found, template
from fidelity.rows.storage import QUICKLY
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


def cpus(lab: Lab, call: str) -> Any:
    """The processors of an instance whose launch says how many."""
    wanted = {"CoreCount": 1, "ThreadsPerCore": 1}
    words = {"ImageId": lab.image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "CpuOptions": wanted}
    made = lab.ec2.run_instances(**words)["Instances"][0]
    if call == "describe":
        made = found(lab, "instances", InstanceIds=[made["InstanceId"]])[0]["Instances"][0]
    return made.get("CpuOptions") == wanted


def gateway(lab: Lab) -> list[Any]:
    """Of a public NAT gateway and of a private one: the kind, and of each address whether it is the first."""
    subnet = found(lab, "subnets")[0]["SubnetId"]
    ip = lab.ec2.allocate_address(Domain="vpc")["AllocationId"]
    seen = []
    for words in ({"AllocationId": ip}, {"ConnectivityType": "private"}):
        made = lab.ec2.create_nat_gateway(SubnetId=subnet, **words)["NatGateway"]
        lab.ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[made["NatGatewayId"]], WaiterConfig=QUICKLY)
        told = found(lab, "nat_gateways", NatGatewayIds=[made["NatGatewayId"]])[0]
        seen += [told.get("ConnectivityType"), *(a.get("IsPrimary") for a in told["NatGatewayAddresses"])]
        lab.ec2.delete_nat_gateway(NatGatewayId=made["NatGatewayId"])
        lab.ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[made["NatGatewayId"]], WaiterConfig=QUICKLY)
    lab.ec2.release_address(AllocationId=ip)
    return seen


def console(lab: Lab) -> list[bool]:
    """Whether there is output of an instance that is pending, and of one that runs."""
    id = lab.launch(running=False)[0]
    early = "Output" in lab.ec2.get_console_output(InstanceId=id)
    lab.wait("instance_running", [id])
    return [early, "Output" in lab.ec2.get_console_output(InstanceId=id)]


def deleted_template(lab: Lab) -> list[str]:
    """What is told of a launch template that is deleted."""
    name = template(lab)
    told = lab.ec2.delete_launch_template(LaunchTemplateName=name)["LaunchTemplate"]
    return sorted({"CreateTime", "CreatedBy", "LatestVersionNumber", "DefaultVersionNumber"} & told.keys())


def row(number: int, what: str, call: Any, aws: Any, stock: Any) -> Row:
    return Row(number, "ec2", what, call, aws, stock, "M, CLI")


ROWS = [
    *(row(420, f"fields of an instance that are missing or wrong: {call}", lambda lab, call=call: instance(lab, call),
          [], [name for name in INSTANCE if name not in KNOWN]) for call in ("run", "describe")),
    *(row(420, f"the processors that a launch names: {call}", lambda lab, call=call: cpus(lab, call), True, False)
      for call in ("run", "describe")),
    row(428, "the kind of two NAT gateways, and which address is the first", gateway, ["public", True, "private", True],
        [None, None, "private", None]),
    row(429, "whether an instance has console output: pending, and running", console, [False, True], [True, True]),
    row(430, "what is told of a launch template that is deleted", deleted_template,
        ["CreateTime", "CreatedBy", "DefaultVersionNumber", "LatestVersionNumber"], ["DefaultVersionNumber"]),
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
