"""The volumes that a launch makes: those of its image, changed and added to by the request's block devices."""

from urllib.parse import urlencode

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.storage import new_volume_is_valid
from drycloud.cloud.rules.registry import before

_SAID = {"VolumeType": "VolumeType", "Size": "VolumeSize", "Iops": "Iops", "Throughput": "Throughput"}


def _disks(request: AwsRequest) -> dict[str, str]:
    """The prefix of each block device in the form ("BlockDeviceMapping.1."), by device name."""
    heads = {".".join(name.split(".")[:2]) + "." for name in request.form if name.startswith("BlockDeviceMapping.")}
    found: dict[str, str] = {}
    for head in sorted(heads, key=lambda text: (len(text), text)):
        device = request.value(f"{head}DeviceName")
        if not device:
            raise AwsError("MissingParameter", "The request must contain the parameter deviceName")
        if device in found:
            words = f"The device '{device}' is used in more than one block-device mapping"
            raise AwsError("InvalidBlockDeviceMapping", words)
        found[device] = head
    return found


@before("ec2", "RunInstances")
def volumes_of_the_image_are_made(request: AwsRequest) -> None:
    """A launch makes the volumes of its image, with the changes in the request.

    moto makes /dev/sda1, or else only the volumes in the request: then the root volume may be missing, and
    stays when its instance ends (58, 59).
    """
    image = request.ec2.amis.get(request.value("ImageId"))
    if image is None:
        return
    disks = _disks(request)
    for mapping in image.block_device_mappings:
        device, known = mapping["DeviceName"], mapping["Ebs"]
        head = disks.get(device, f"BlockDeviceMapping.{len(disks) + 1}.")
        disks[device] = head
        request.form[f"{head}DeviceName"] = device
        if f"{head}NoDevice" in request.form:
            continue
        request.form.setdefault(f"{head}Ebs.SnapshotId", known["SnapshotId"])
        request.form.setdefault(f"{head}Ebs.VolumeSize", str(known["VolumeSize"]))
        request.form.setdefault(f"{head}Ebs.VolumeType", known["VolumeType"])
        request.form.setdefault(f"{head}Ebs.DeleteOnTermination", str(known["DeleteOnTermination"]).lower())


@before("ec2", "RunInstances")
def volumes_of_a_launch_are_valid(request: AwsRequest) -> None:
    """moto accepts any type and size (109), and begins a launch that then fails (60, 115)."""
    for head in _disks(request).values():
        said = {name: request.value(f"{head}Ebs.{field}") for name, field in _SAID.items()}
        form = urlencode({name: value for name, value in said.items() if value is not None})
        new_volume_is_valid(AwsRequest("ec2", "CreateVolume", request.region, {}, form.encode()))
        if said["VolumeType"] in ("io1", "io2"):
            words = f"This simulator launches no instances with volumes of type {said['VolumeType']}. AWS does."
            raise AwsError("NotImplemented", words, 501)
        _look_at_snapshot(request, request.value(f"{head}Ebs.SnapshotId"), said["Size"])


def _look_at_snapshot(request: AwsRequest, id: str | None, size: str | None) -> None:
    if id is None:
        return
    if id not in request.ec2.snapshots:
        raise AwsError("InvalidSnapshot.NotFound", f"The snapshot '{id}' does not exist.")
    least = int(request.ec2.snapshots[id].volume.size)
    if size is not None and int(size) < least:
        words = f"Volume of size {size}GB is smaller than snapshot '{id}', expect size>= {least}GB"
        raise AwsError("InvalidBlockDeviceMapping", words)
