"""The volumes that a launch makes: those of its image, changed and added to by the request's block devices."""

from urllib.parse import urlencode

from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.ec2.storage import new_volume_is_one_that_there_is
from drycloud.cloud.rules.registry import before

_SAID = {"VolumeType": "VolumeType", "Size": "VolumeSize", "Iops": "Iops", "Throughput": "Throughput"}


def _disks(ask: Ask) -> dict[str, str]:
    """The prefix of each block device in the form ("BlockDeviceMapping.1."), by device name."""
    heads = {".".join(name.split(".")[:2]) + "." for name in ask.form if name.startswith("BlockDeviceMapping.")}
    found: dict[str, str] = {}
    for head in sorted(heads, key=lambda text: (len(text), text)):
        device = ask.value(f"{head}DeviceName")
        if not device:
            raise AwsError("MissingParameter", "The request must contain the parameter deviceName")
        if device in found:
            words = f"The device '{device}' is used in more than one block-device mapping"
            raise AwsError("InvalidBlockDeviceMapping", words)
        found[device] = head
    return found


@before("ec2", "RunInstances")
def volumes_of_the_image_are_made(ask: Ask) -> None:
    """A launch makes the volumes of its image, with the changes in the request.

    moto makes /dev/sda1, or else only the volumes in the request: then the root volume may be missing, and
    stays when its instance ends (58, 59).
    """
    image = ask.ec2.amis.get(ask.value("ImageId"))
    if image is None:
        return
    disks = _disks(ask)
    for mapping in image.block_device_mappings:
        device, known = mapping["DeviceName"], mapping["Ebs"]
        head = disks.get(device, f"BlockDeviceMapping.{len(disks) + 1}.")
        disks[device] = head
        ask.form[f"{head}DeviceName"] = device
        if f"{head}NoDevice" in ask.form:
            continue
        ask.form.setdefault(f"{head}Ebs.SnapshotId", known["SnapshotId"])
        ask.form.setdefault(f"{head}Ebs.VolumeSize", str(known["VolumeSize"]))
        ask.form.setdefault(f"{head}Ebs.VolumeType", known["VolumeType"])
        ask.form.setdefault(f"{head}Ebs.DeleteOnTermination", str(known["DeleteOnTermination"]).lower())


@before("ec2", "RunInstances")
def volumes_of_a_launch_are_such_that_there_are(ask: Ask) -> None:
    """moto accepts any type and size (109), and begins a launch that then fails (60, 115)."""
    for head in _disks(ask).values():
        said = {name: ask.value(f"{head}Ebs.{field}") for name, field in _SAID.items()}
        form = urlencode({name: value for name, value in said.items() if value is not None})
        new_volume_is_one_that_there_is(Ask("ec2", "CreateVolume", ask.region, {}, form.encode()))
        if said["VolumeType"] in ("io1", "io2"):
            words = f"This simulator launches no instances with volumes of type {said['VolumeType']}. AWS does."
            raise AwsError("NotImplemented", words, 501)
        _look_at_snapshot(ask, ask.value(f"{head}Ebs.SnapshotId"), said["Size"])


def _look_at_snapshot(ask: Ask, id: str | None, size: str | None) -> None:
    if id is None:
        return
    if id not in ask.ec2.snapshots:
        raise AwsError("InvalidSnapshot.NotFound", f"The snapshot '{id}' does not exist.")
    least = int(ask.ec2.snapshots[id].volume.size)
    if size is not None and int(size) < least:
        words = f"Volume of size {size}GB is smaller than snapshot '{id}', expect size>= {least}GB"
        raise AwsError("InvalidBlockDeviceMapping", words)
