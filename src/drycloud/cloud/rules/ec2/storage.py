"""Volumes and their snapshots."""

import re
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.describe.paging import in_pages
from drycloud.cloud.rules.ids import refuse_malformed
from drycloud.cloud.rules.lookup import instance_of
from drycloud.cloud.rules.registry import Answer, before, xml

_SIZES = {"gp2": (1, 16384), "gp3": (1, 65536), "io1": (4, 16384), "io2": (4, 65536), "standard": (1, 1024)}
_SIZES |= {"st1": (125, 16384), "sc1": (125, 16384)}  # GiB
_IOPS = {"gp3": (3000, 80_000), "io1": (100, 64_000), "io2": (100, 256_000)}
_THROUGHPUT = (125, 2000)  # MiB/s, of gp3
_DEVICE = re.compile(r"(/dev/)?(sd[a-z]([1-9]|1[0-5])?|xvd[a-z]{1,2}([1-9]|1[0-5])?)")
_ALIASES = {"137112412989": "amazon"}  # owners of public snapshots; Canonical and Debian have none
_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"


# --- making and changing ----------------------------------------------------------------------------------------------


@before("ec2", "CreateVolume")
def zone_of_a_volume_exists(request: AwsRequest) -> None:
    """moto makes the volume without a zone (108), also if it is given by id."""
    zones = {zone.zone_id: zone.name for zone in request.ec2.describe_availability_zones()}
    name = request.value("AvailabilityZone") or request.value("AvailabilityZoneId")
    if not name:
        raise AwsError("MissingParameter", "The request must contain the parameter AvailabilityZone.")
    zone = zones.get(request.form.pop("AvailabilityZoneId", ""), name)
    if zone not in zones.values():
        raise AwsError("InvalidZone.NotFound", f"The zone '{name}' does not exist.")
    request.form["AvailabilityZone"] = zone


@before("ec2", "CreateVolume")
def new_volume_is_valid(request: AwsRequest) -> None:
    """moto accepts any type, size and number of IOPS (109)."""
    kind = request.value("VolumeType") or "gp2"
    _refuse_what_no_volume_has(kind, request.value("Size"), request.value("Iops"), request.value("Throughput"))


@before("ec2", "CreateVolume")
def snapshot_of_a_new_volume_exists(request: AwsRequest) -> None:
    """And it is not larger: moto makes volumes that are smaller than their snapshot (115, 116)."""
    id, size = request.value("SnapshotId"), request.value("Size")
    if not id:
        return
    snapshot = _snapshot(request, id)
    if size is not None and int(size) < int(snapshot.volume.size):
        raise AwsError("InvalidParameterValue", f"A volume of {size} GiB is smaller than its snapshot '{id}'.")


@before("ec2", "ModifyVolume")
def volumes_do_not_shrink(request: AwsRequest) -> None:
    """moto shrinks them (112), and accepts any type and size (109)."""
    volume = request.ec2.volumes.get(request.value("VolumeId"))
    if volume is None:
        return
    kind, size = request.value("VolumeType") or volume.volume_type, request.value("Size")
    _refuse_what_no_volume_has(kind, size, request.value("Iops"), request.value("Throughput"))
    if size is not None and int(size) < int(volume.size):
        raise AwsError("InvalidParameterValue", "New size cannot be smaller than existing size")


def _refuse_what_no_volume_has(kind: str, size: str | None, iops: str | None, throughput: str | None) -> None:
    if kind not in _SIZES:
        raise AwsError("UnknownVolumeType", f"Unsupported volume type '{kind}'.")
    limits = [(size, _SIZES[kind], "size in GiB")]
    limits += [(iops, _IOPS[kind], "number of IOPS")] if kind in _IOPS else []
    limits += [(throughput, _THROUGHPUT, "throughput in MiB/s")] if kind == "gp3" else []
    for text, (least, most), what in limits:
        if text is not None and not (re.fullmatch(r"\d{1,9}", text) and least <= int(text) <= most):
            raise AwsError("InvalidParameterValue", f"The {what} of {kind} is between {least} and {most}, not {text}.")


# --- attaching and detaching ------------------------------------------------------------------------------------------


@before("ec2", "AttachVolume")
def volume_can_be_attached(request: AwsRequest) -> None:
    """moto attaches any volume to any instance (99, 100, 103)."""
    volume, instance = (
        request.ec2.volumes.get(request.value("VolumeId")),
        instance_of(request, request.value("InstanceId")),
    )
    if volume is None or instance is None:
        return
    if volume.status == "creating":
        raise AwsError("IncorrectState", f"{volume.id} is not 'available'.")
    if instance._state.name in ("pending", "shutting-down", "terminated"):
        raise AwsError("IncorrectState", f"Instance '{instance.id}' is not 'running'.")
    if volume.attachment is not None:
        raise AwsError("VolumeInUse", f"{volume.id} is already attached to an instance")
    if volume.availability_zone != instance.availability_zone:
        words = f"The volume '{volume.id}' is not in the same availability zone as instance '{instance.id}'"
        raise AwsError("InvalidVolume.ZoneMismatch", words)


@before("ec2", "AttachVolume")
def device_name_is_free(request: AwsRequest) -> None:
    """moto accepts any name, and replaces the volume that has it (101, 102)."""
    instance, device = instance_of(request, request.value("InstanceId")), request.form.get("Device", "")
    if instance is None:
        return
    if not _DEVICE.fullmatch(device):
        raise AwsError("InvalidParameterValue", f"Value ({device}) for parameter device is not a valid name.")
    if device in instance.block_device_mapping or device == instance.root_device_name:
        words = f"Invalid value '{device}' for unixDevice. Attachment point {device} is already in use"
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "DetachVolume")
def volume_can_be_detached(request: AwsRequest) -> None:
    """moto needs the instance's id, and detaches the root volume of a running instance (105, 106).

    Volumes of an instance that is ending are detached by its end.
    """
    volume = request.ec2.volumes.get(request.value("VolumeId"))
    if volume is None:
        return
    held = volume.attachment
    if held is None:
        raise AwsError("IncorrectState", f"Volume '{volume.id}' is in the 'available' state.")
    if request.form.setdefault("InstanceId", held.instance.id) != held.instance.id:
        words = f"The volume '{volume.id}' is not attached to instance '{request.form['InstanceId']}'."
        raise AwsError("InvalidAttachment.NotFound", words)
    if held.instance._state.name == "shutting-down":
        words = f"The instance '{held.instance.id}' is shutting down: its volumes are detached when it is terminated."
        raise AwsError("IncorrectState", words)
    if _is_root(held) and held.instance._state.name != "stopped":
        words = f"Unable to detach root volume '{volume.id}' from instance '{held.instance.id}'"
        raise AwsError("IncorrectState", words)


def _is_root(attachment: Any) -> bool:
    """moto attaches a root volume at /dev/sda1, regardless of the image."""
    return attachment.device in (attachment.instance.root_device_name, "/dev/sda1")


# --- looking ----------------------------------------------------------------------------------------------------------


@before("ec2", "DescribeSnapshots")
def snapshots_have_an_owner(request: AwsRequest) -> None:
    """moto ignores OwnerIds, and lists all snapshots (114); it does not know an owner's alias."""
    owners = {snapshot.owner_id for snapshot in request.ec2.snapshots.values()}
    if request.values("Owner"):
        named = {request.ec2.account_id if owner == "self" else owner for owner in request.values("Owner")}
        owners = {owner for owner in owners if owner in named or _ALIASES.get(owner) in named}
    request.form["Filter.1.Name"] = "owner-id"
    request.form |= {f"Filter.1.Value.{n}": owner for n, owner in enumerate(sorted(owners) or ["nobody"], 1)}


@before("ec2", "DeleteSnapshot", "ModifySnapshotAttribute")
def snapshot_to_change_is_ours(request: AwsRequest) -> None:
    """moto reports neither a missing nor a malformed id (115), and shares snapshots of others (125)."""
    snapshot = _snapshot(request, request.form.get("SnapshotId", ""))
    if snapshot.owner_id != request.ec2.account_id:
        raise AwsError("AuthFailure", f"Not authorized for snapshot:{snapshot.id}", 403)


def _snapshot(request: AwsRequest, id: str) -> Any:
    """moto's snapshot with that id; raises AWS's errors."""
    refuse_malformed([id], "snap")
    if id not in request.ec2.snapshots:
        raise AwsError("InvalidSnapshot.NotFound", f"The snapshot '{id}' does not exist.")
    return request.ec2.snapshots[id]


@before("ec2", "DescribeVolumeStatus")
def status_of_volumes(request: AwsRequest) -> Answer:
    """moto has no such operation (113)."""
    _no_dry_run(request)
    volumes = [_volume(request, id) for id in request.values("VolumeId")] or list(request.ec2.volumes.values())
    items = "".join(map(_status, volumes))
    body = f"<volumeStatusSet>{items}</volumeStatusSet>"
    answer = xml(f'<DescribeVolumeStatusResponse xmlns="{_DOC}">{body}</DescribeVolumeStatusResponse>')
    return in_pages(request, answer)


def _status(volume: Any) -> str:
    details = "".join(
        f"<item><name>{name}</name><status>{status}</status></item>"
        for name, status in (("io-enabled", "passed"), ("io-performance", "not-applicable"))
    )
    return (
        f"<item><volumeId>{volume.id}</volumeId><availabilityZone>{volume.availability_zone}</availabilityZone>"
        f"<volumeStatus><status>ok</status><details>{details}</details></volumeStatus>"
        "<eventsSet/><actionsSet/></item>"
    )


@before("ec2", "DescribeVolumeAttribute")
def attributes_of_a_volume(request: AwsRequest) -> Answer:
    """moto has no such operation (113)."""
    _no_dry_run(request)
    volume, wanted = _volume(request, request.form.get("VolumeId", "")), request.form.get("Attribute", "")
    known = {"autoEnableIO": "<autoEnableIO><value>false</value></autoEnableIO>", "productCodes": "<productCodes/>"}
    if wanted not in known:
        raise AwsError("InvalidParameterValue", f"Value ({wanted}) for parameter attribute is invalid.")
    return xml(f'<DescribeVolumeAttributeResponse xmlns="{_DOC}"><volumeId>{volume.id}</volumeId>{known[wanted]}'
               "</DescribeVolumeAttributeResponse>")  # fmt: skip


def _volume(request: AwsRequest, id: str) -> Any:
    if id not in request.ec2.volumes:
        raise AwsError("InvalidVolume.NotFound", f"The volume '{id}' does not exist.")
    return request.ec2.volumes[id]


def _no_dry_run(request: AwsRequest) -> None:
    """End a dry run here, since moto is not called."""
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
