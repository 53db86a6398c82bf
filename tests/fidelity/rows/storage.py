"""Volumes and their snapshots."""

from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row, until

ABSENT = "snap-0123456789abcdef0"
QUICKLY = {"Delay": 0.1, "MaxAttempts": 100}


def volume(lab: Lab, zone: str = "us-east-1a", **words: Any) -> str:
    """A new volume's id."""
    words = {"Size": 8, **words}
    return ready(lab, str(lab.ec2.create_volume(AvailabilityZone=zone, **words)["VolumeId"]))


def ready(lab: Lab, id: str) -> str:
    """The volume of that id, when it is available."""
    lab.ec2.get_waiter("volume_available").wait(VolumeIds=[id], WaiterConfig=QUICKLY)
    return id


def ready_copy(lab: Lab, **words: Any) -> str:
    """A new snapshot's id, when it is complete."""
    id = str(lab.ec2.create_snapshot(**words)["SnapshotId"])
    lab.ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[id], WaiterConfig=QUICKLY)
    return id


def make(lab: Lab, **words: Any) -> str:
    """Create a volume: "created"."""
    lab.ec2.create_volume(**{"AvailabilityZone": "us-east-1a", **words})
    return "created"


def change(lab: Lab, **words: Any) -> str:
    """Modify a volume of 8 GiB."""
    lab.ec2.modify_volume(VolumeId=volume(lab), **words)
    return "modified"


def machine(lab: Lab, zone: str = "us-east-1a", **words: Any) -> str:
    """An instance of that zone, which runs."""
    return lab.launch(Placement={"AvailabilityZone": zone}, **words)[0]


def attach(lab: Lab, instance: str, id: str | None = None, device: str = "/dev/sdf") -> str:
    """Attach a volume, by default a new one; its id."""
    id = id or volume(lab)
    lab.ec2.attach_volume(VolumeId=id, InstanceId=instance, Device=device)
    return id


def status(lab: Lab, id: str) -> str:
    return str(lab.ec2.describe_volumes(VolumeIds=[id])["Volumes"][0]["State"])


def mapped(lab: Lab, instance: str) -> dict[str, str]:
    """An instance's volumes by their devices."""
    found = lab.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return {m["DeviceName"]: m["Ebs"]["VolumeId"] for m in found["BlockDeviceMappings"]}


def root(lab: Lab, instance: str) -> str:
    return next(iter(mapped(lab, instance).values()))


# --- attaching and detaching ------------------------------------------------------------------------------------------


def attach_across_zones(lab: Lab) -> str:
    attach(lab, machine(lab), volume(lab, "us-east-1b"))
    return "attached"


def attach_twice(lab: Lab, other: bool) -> str:
    first = machine(lab)
    id = attach(lab, first)
    attach(lab, machine(lab) if other else first, id, "/dev/sdg")
    return "attached"


def attach_on_used_device(lab: Lab) -> str:
    instance = machine(lab)
    attach(lab, instance)
    attach(lab, instance)
    return "attached"


def attach_on_root_device(lab: Lab) -> str:
    instance = machine(lab)
    attach(lab, instance, device=next(iter(mapped(lab, instance))))
    return "attached"


def attach_on(lab: Lab, device: str) -> str:
    attach(lab, machine(lab), device=device)
    return "attached"


def attach_when(lab: Lab, state: str) -> str:
    id = volume(lab)
    if state == "pending":
        instance = lab.launch(running=False, Placement={"AvailabilityZone": "us-east-1a"})[0]
    else:
        instance = machine(lab)
    if state == "terminated":
        lab.ec2.terminate_instances(InstanceIds=[instance])
        lab.wait("instance_terminated", [instance])
    if state == "stopped":
        lab.ec2.stop_instances(InstanceIds=[instance])
        lab.wait("instance_stopped", [instance])
    attach(lab, instance, id)
    return "attached"


def attached_and_seen(lab: Lab) -> tuple[str, bool]:
    instance = machine(lab)
    id = attach(lab, instance)
    return status(lab, id), mapped(lab, instance).get("/dev/sdf") == id


def delete_attached(lab: Lab) -> str:
    lab.ec2.delete_volume(VolumeId=attach(lab, machine(lab)))
    return "deleted"


def detach(lab: Lab, **words: Any) -> str:
    """Detach without more words, and then delete: the volume's state between."""
    id = attach(lab, machine(lab))
    lab.ec2.detach_volume(VolumeId=id, **words)
    state = status(lab, ready(lab, id))
    lab.ec2.delete_volume(VolumeId=id)
    return state


def detach_from_its_instance(lab: Lab) -> str:
    instance = machine(lab)
    id = attach(lab, instance)
    lab.ec2.detach_volume(VolumeId=id, InstanceId=instance)
    return status(lab, ready(lab, id))


def detach_from_another(lab: Lab) -> str:
    return detach(lab, InstanceId=machine(lab))


def detach_detached(lab: Lab) -> str:
    lab.ec2.detach_volume(VolumeId=volume(lab))
    return "detached"


def detach_root(lab: Lab, stopped: bool) -> str:
    instance = machine(lab)
    id = root(lab, instance)
    if stopped:
        lab.ec2.stop_instances(InstanceIds=[instance])
        lab.wait("instance_stopped", [instance])
    lab.ec2.detach_volume(VolumeId=id, InstanceId=instance)
    return status(lab, ready(lab, id))


def after_terminate(lab: Lab) -> tuple[bool, str]:
    """Whether the root volume is left, and the state of one attached later."""
    instance = machine(lab)
    first, later = root(lab, instance), attach(lab, instance)
    lab.ec2.terminate_instances(InstanceIds=[instance])
    lab.wait("instance_terminated", [instance])
    left = [v["VolumeId"] for v in lab.ec2.describe_volumes()["Volumes"]]
    return first in left, status(lab, later)


def while_it_ends(lab: Lab, change: str) -> str:
    """What comes of a volume that is deleted or detached right after its instance is told to end."""
    instance = machine(lab)
    id = attach(lab, instance)
    lab.ec2.terminate_instances(InstanceIds=[instance])
    getattr(lab.ec2, change)(VolumeId=id)
    return "done"


def freed_in_the_end(lab: Lab) -> tuple[list[str], list[str]]:
    """A volume's state, and what its instance maps, once the instance is terminated and the volume deleted."""
    instance = machine(lab)
    id = attach(lab, instance)
    lab.ec2.terminate_instances(InstanceIds=[instance])
    lab.wait("instance_terminated", [instance])
    seen = status(lab, id)
    lab.ec2.delete_volume(VolumeId=id)
    lab.ec2.get_waiter("volume_deleted").wait(VolumeIds=[id], WaiterConfig=QUICKLY)
    left = lab.ec2.describe_volumes(Filters=[{"Name": "volume-id", "Values": [id]}])["Volumes"]
    return [seen, *(v["State"] for v in left)], list(mapped(lab, instance))


ATTACHING = [
    Row(99, "ec2", "attach_volume across zones", attach_across_zones,
        "error InvalidVolume.ZoneMismatch", "attached", "GH linuxkit#2388"),
    Row(100, "ec2", "attach_volume that is attached to the same instance", lambda lab: attach_twice(lab, False),
        "error VolumeInUse", "attached", "Q, EC"),
    Row(100, "ec2", "attach_volume that is attached to another instance", lambda lab: attach_twice(lab, True),
        "error VolumeInUse", "attached", "Q, EC"),
    Row(101, "ec2", "attach_volume on a device in use", attach_on_used_device,
        "error InvalidParameterValue", "attached", "Q"),
    Row(101, "ec2", "attach_volume on the root device", attach_on_root_device,
        "error InvalidParameterValue", "attached", "Q"),
    Row(102, "ec2", 'attach_volume(Device="banana")', lambda lab: attach_on(lab, "banana"),
        "error InvalidParameterValue", "attached", "U"),
    Row(102, "ec2", 'attach_volume(Device="/dev/xvdbb")', lambda lab: attach_on(lab, "/dev/xvdbb"),
        "attached", "attached", "U"),
    Row(103, "ec2", "attach_volume to a terminated instance", lambda lab: attach_when(lab, "terminated"),
        "error IncorrectState", "attached", "GH amazon.aws#497"),
    Row(103, "ec2", "attach_volume to a pending instance", lambda lab: attach_when(lab, "pending"),
        "error IncorrectState", "attached", "GH amazon.aws#497"),
    Row(103, "ec2", "attach_volume to a stopped instance", lambda lab: attach_when(lab, "stopped"),
        "attached", "attached", "M"),
    Row(0, "ec2", "attach_volume: in use, and mapped", attached_and_seen, ("in-use", True), ("in-use", True), "M"),
    Row(104, "ec2", "delete_volume while attached", delete_attached, "error VolumeInUse", "error VolumeInUse", "EC, M"),
    Row(105, "ec2", "detach_volume without InstanceId", detach, "available", NO_ANSWER, "M"),
    Row(105, "ec2", "detach_volume with InstanceId", detach_from_its_instance, "available", "available", "M"),
    Row(105, "ec2", "detach_volume of a detached volume", detach_detached, "error IncorrectState", NO_ANSWER, "Q"),
    Row(0, "ec2", "detach_volume from an instance that does not have it", detach_from_another,
        "error InvalidAttachment.NotFound", "error InvalidAttachment.NotFound", "EC"),
    Row(106, "ec2", "detach_volume: the root of a running instance", lambda lab: detach_root(lab, False),
        "error IncorrectState", "available", "Q, M"),
    Row(106, "ec2", "detach_volume: the root of a stopped instance", lambda lab: detach_root(lab, True),
        "available", "available", "M"),
    Row(253, "ec2", "delete_volume while its instance is shutting down",
        lambda lab: while_it_ends(lab, "delete_volume"),
        "error VolumeInUse", "done", "U"),
    Row(253, "ec2", "detach_volume while its instance is shutting down",
        lambda lab: while_it_ends(lab, "detach_volume"),
        "error IncorrectState", NO_ANSWER, "U"),
    Row(0, "ec2", "delete_volume when its instance is terminated", freed_in_the_end,
        (["available"], []), (["available"], []), "M"),
    Row(107, "ec2", "terminate: root volume gone, one attached later is available", after_terminate,
        (False, "available"), (False, "available"), "M"),
]  # fmt: skip


# --- making and changing ----------------------------------------------------------------------------------------------


def made_by_zone_id(lab: Lab) -> bool:
    zone = lab.ec2.describe_availability_zones()["AvailabilityZones"][1]
    made = lab.ec2.create_volume(AvailabilityZoneId=zone["ZoneId"], Size=1)
    return made.get("AvailabilityZone") == zone["ZoneName"]


def made(lab: Lab, **words: Any) -> tuple[str, int]:
    found = lab.ec2.create_volume(AvailabilityZone="us-east-1a", **words)
    seen = lab.ec2.describe_volumes(VolumeIds=[found["VolumeId"]])["Volumes"][0]
    return seen["VolumeType"], seen["Size"]


def grown(lab: Lab) -> int:
    id = volume(lab)
    lab.ec2.modify_volume(VolumeId=id, Size=20, VolumeType="gp3")
    return int(lab.ec2.describe_volumes(VolumeIds=[id])["Volumes"][0]["Size"])


def answered_states(lab: Lab) -> list[str]:
    """The states in the answers of create_volume and create_snapshot, and after waiting."""
    new = lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)
    id = ready(lab, new["VolumeId"])
    snapshot = lab.ec2.create_snapshot(VolumeId=id)
    lab.ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[snapshot["SnapshotId"]], WaiterConfig=QUICKLY)
    seen = lab.ec2.describe_snapshots(SnapshotIds=[snapshot["SnapshotId"]])["Snapshots"][0]
    return [new["State"], status(lab, id), snapshot["State"], seen["State"]]


def bad(number: int, what: str, source: str, code: str = "InvalidParameterValue", **words: Any) -> Row:
    return Row(number, "ec2", f"create_volume: {what}", lambda lab: make(lab, **words),
               f"error {code}", "created", source)  # fmt: skip


MAKING = [
    bad(108, "zone us-east-1z", "EC", "InvalidZone.NotFound", Size=8, AvailabilityZone="us-east-1z"),
    bad(108, "a zone of another region", "EC", "InvalidZone.NotFound", Size=8, AvailabilityZone="eu-west-1a"),
    Row(0, "ec2", "create_volume by the zone's id", made_by_zone_id, True, False, "M"),
    bad(109, "size 0", "M", Size=0),
    bad(109, "size 99999", "M", Size=99999),
    bad(109, "st1 of 1 GiB", "M", Size=1, VolumeType="st1"),
    bad(109, "type gp9", "EC", "UnknownVolumeType", Size=8, VolumeType="gp9"),
    bad(109, "gp3 with 99999 IOPS", "M", Size=8, VolumeType="gp3", Iops=99999),
    Row(109, "ec2", "create_volume: gp3 with 4000 IOPS",
        lambda lab: made(lab, Size=8, VolumeType="gp3", Iops=4000), ("gp3", 8), ("gp3", 8), "M"),
    Row(109, "ec2", "create_volume: gp2 unless told otherwise",
        lambda lab: made(lab, Size=8), ("gp2", 8), ("gp2", 8), "M"),
    Row(110, "ec2", "create_volume: neither size nor snapshot", make,
        "error MissingParameter", "error MissingParameter", "EC"),
    Row(111, "ec2", "states in the answers, and afterwards", answered_states,
        ["creating", "available", "pending", "completed"], ["available", "available", "completed", "completed"], "M"),
    Row(112, "ec2", "modify_volume to a smaller size", lambda lab: change(lab, Size=4),
        "error InvalidParameterValue", "modified", "Q"),
    Row(112, "ec2", "modify_volume to a larger size and another type", grown, 20, 20, "M"),
    Row(109, "ec2", "modify_volume to a type that there is not", lambda lab: change(lab, VolumeType="gp9"),
        "error UnknownVolumeType", "modified", "U"),
    Row(0, "ec2", "modify_volume of a volume that is not there",
        lambda lab: lab.ec2.modify_volume(VolumeId="vol-0123456789abcdef0", Size=9),
        "error InvalidVolume.NotFound", "error InvalidVolume.NotFound", "EC"),
]  # fmt: skip


# --- looking, and snapshots -------------------------------------------------------------------------------------------


def filtered(lab: Lab, **filters: str) -> int:
    words = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return len(lab.ec2.describe_volumes(Filters=words)["Volumes"])


def by_end(lab: Lab) -> tuple[int, int]:
    """How many volumes of an instance go with it, and how many stay."""
    instance = machine(lab)
    attach(lab, instance)
    found = []
    for flag in ("true", "false"):
        names = {"attachment.instance-id": instance, "attachment.delete-on-termination": flag}
        filters = [{"Name": name, "Values": [value]} for name, value in names.items()]
        found.append(len(lab.ec2.describe_volumes(Filters=filters)["Volumes"]))
    return found[0], found[1]


def end_told(lab: Lab) -> Any:
    id = attach(lab, machine(lab))
    return lab.ec2.describe_volumes(VolumeIds=[id])["Volumes"][0]["Attachments"][0].get("DeleteOnTermination")


def well(lab: Lab) -> str:
    found = lab.ec2.describe_volume_status(VolumeIds=[volume(lab)])["VolumeStatuses"]
    return str(found[0]["VolumeStatus"]["Status"])


def attribute(lab: Lab) -> bool:
    found = lab.ec2.describe_volume_attribute(VolumeId=volume(lab), Attribute="autoEnableIO")
    return bool(found["AutoEnableIO"]["Value"])


def monitored(lab: Lab) -> list[str]:
    ids = lab.launch(running=False)
    told = lab.ec2.monitor_instances(InstanceIds=ids)["InstanceMonitorings"][0]["Monitoring"]["State"]
    return [told, until(lambda: monitoring(lab, ids), "enabled")]


def monitoring(lab: Lab, ids: list[str]) -> str:
    found = lab.ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]
    return str(found["Monitoring"]["State"])


def look_for(lab: Lab, id: str) -> int:
    return len(lab.ec2.describe_snapshots(SnapshotIds=[id])["Snapshots"])


def snapshot(lab: Lab) -> str:
    return ready_copy(lab, VolumeId=volume(lab))


def outlives(lab: Lab) -> int:
    id = volume(lab)
    kept = ready_copy(lab, VolumeId=id)
    lab.ec2.delete_volume(VolumeId=id)
    return look_for(lab, kept)


def delete_snapshot(lab: Lab, id: str) -> str:
    lab.ec2.delete_snapshot(SnapshotId=id)
    return "deleted"


LOOKING = [
    Row(49, "ec2", "describe_volumes, a filter that does not exist",
        lambda lab: (volume(lab), filtered(lab, bogus="x")),
        "error InvalidParameterValue", NO_ANSWER, "EC"),
    Row(49, "ec2", "describe_snapshots, a filter that does not exist",
        lambda lab: lab.ec2.describe_snapshots(Filters=[{"Name": "bogus", "Values": ["x"]}]),
        "error InvalidParameterValue", NO_ANSWER, "EC"),
    Row(50, "ec2", "describe_volumes, filter attachment.delete-on-termination", by_end, (1, 1), NO_ANSWER, "M"),
    Row(0, "ec2", "describe_volumes tells whether one goes with its instance", end_told, False, None, "M"),
    Row(0, "ec2", "describe_volumes, filters that exist",
        lambda lab: (volume(lab, Size=37), filtered(lab, size="37", status="available", volume_type="gp2"))[1] > 0,
        True, True, "M"),
    Row(113, "ec2", "describe_volume_status", well, "ok", NO_ANSWER, "M"),
    Row(113, "ec2", "describe_volume_status of a volume that is not there",
        lambda lab: lab.ec2.describe_volume_status(VolumeIds=["vol-0123456789abcdef0"]),
        "error InvalidVolume.NotFound", NO_ANSWER, "EC"),
    Row(113, "ec2", "describe_volume_attribute", attribute, False, NO_ANSWER, "M"),
    Row(113, "ec2", "monitor_instances", monitored, ["pending", "enabled"], NO_ANSWER, "M"),
    Row(115, "ec2", "describe_snapshots of one that is not there", lambda lab: look_for(lab, ABSENT),
        "error InvalidSnapshot.NotFound", "error InvalidSnapshot.NotFound", "EC"),
    Row(115, "ec2", 'describe_snapshots(SnapshotIds=["foo"])', lambda lab: look_for(lab, "foo"),
        "error InvalidSnapshotID.Malformed", "error InvalidSnapshot.NotFound", "EC"),
    Row(115, "ec2", 'delete_snapshot(SnapshotId="foo")', lambda lab: delete_snapshot(lab, "foo"),
        "error InvalidSnapshotID.Malformed", "error InvalidSnapshot.NotFound", "EC"),
    Row(115, "ec2", "delete_snapshot", lambda lab: delete_snapshot(lab, snapshot(lab)), "deleted", "deleted", "M"),
    Row(115, "ec2", "create_volume from a snapshot that is not there", lambda lab: make(lab, SnapshotId=ABSENT),
        "error InvalidSnapshot.NotFound", "error InvalidSnapshot.NotFound", "EC"),
    Row(116, "ec2", "create_volume smaller than its snapshot",
        lambda lab: make(lab, SnapshotId=snapshot(lab), Size=4),
        "error InvalidParameterValue", "created", "M"),
    Row(116, "ec2", "create_volume as large as its snapshot",
        lambda lab: made(lab, SnapshotId=snapshot(lab)), ("gp2", 8), ("gp2", 8), "M"),
    Row(117, "ec2", "a snapshot outlives its volume", outlives, 1, 1, "M"),
]  # fmt: skip

ROWS = [*ATTACHING, *MAKING, *LOOKING]
