"""The volumes that a launch makes, and what an image holds."""

from typing import Any

from fidelity.rows.launching import ABSENT, image_of, run
from fidelity.table import Lab, Row


def volumes(lab: Lab, *disks: dict[str, Any], image: str | None = None, **words: Any) -> list[tuple[Any, ...]]:
    """Launch: device, size, type and DeleteOnTermination of each volume of the instance."""
    if disks:
        words["BlockDeviceMappings"] = list(disks)
    return held(lab, run(lab, ImageId=image or lab.image, **words)[0]["InstanceId"])


def held(lab: Lab, id: str) -> list[tuple[Any, ...]]:
    instance = lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
    found = []
    for mapping in instance["BlockDeviceMappings"]:
        volume = lab.ec2.describe_volumes(VolumeIds=[mapping["Ebs"]["VolumeId"]])["Volumes"][0]
        kind = (volume["Size"], volume["VolumeType"])
        found.append((mapping["DeviceName"], *kind, mapping["Ebs"]["DeleteOnTermination"]))
    return sorted(found)


def root_device(lab: Lab, pattern: str) -> tuple[str, list[str]]:
    """The name of the root device, and those of the devices, of an instance."""
    made = run(lab, ImageId=image_of(lab, pattern))[0]
    id = made["InstanceId"]
    return made["RootDeviceName"], [device for device, *_ in held(lab, id)]


def left_over(lab: Lab, *disks: dict[str, Any]) -> list[int]:
    """The sizes of the volumes that are left when an instance has ended."""
    (id,) = lab.launch(BlockDeviceMappings=list(disks))
    ids = [
        m["Ebs"]["VolumeId"]
        for m in lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]["BlockDeviceMappings"]
    ]
    lab.ec2.terminate_instances(InstanceIds=[id])
    lab.wait("instance_terminated", [id])
    left = [v for v in lab.ec2.describe_volumes()["Volumes"] if v["VolumeId"] in ids]
    for volume in left:
        lab.ec2.delete_volume(VolumeId=volume["VolumeId"])
    return [v["Size"] for v in left]


def image_mapping(lab: Lab) -> list[tuple[Any, ...]]:
    """Device, size, type and DeleteOnTermination of a public image's volumes."""
    return mapping(lab, lab.image)


def mapping(lab: Lab, image: str) -> list[tuple[Any, ...]]:
    found = lab.ec2.describe_images(ImageIds=[image])["Images"][0]["BlockDeviceMappings"]
    ebs = ("VolumeSize", "VolumeType", "DeleteOnTermination")
    return sorted((m["DeviceName"], *(m["Ebs"].get(name) for name in ebs)) for m in found)


def image_of_two_volumes(lab: Lab) -> tuple[Any, Any]:
    """What an image of an instance with a larger root volume and another volume holds, and one launched from it."""
    disks = [disk(12, VolumeType="gp3"), disk(3, "/dev/sdf", VolumeType="gp2", DeleteOnTermination=True)]
    image = lab.ec2.create_image(InstanceId=lab.launch(BlockDeviceMappings=disks)[0], Name=lab.name())["ImageId"]
    lab.ec2.get_waiter("image_available").wait(ImageIds=[image], WaiterConfig={"Delay": 0.1, "MaxAttempts": 50})
    return mapping(lab, image), volumes(lab, image=image)


def disk(size: int | None, device: str = "/dev/xvda", **words: Any) -> dict[str, Any]:
    return {"DeviceName": device, "Ebs": ({"VolumeSize": size} if size else {}) | words}


def root_and_state(lab: Lab, **words: Any) -> str:
    volumes(lab, **words)
    return "launched"


ROWS = [
    Row(
        58,
        "ec2",
        "the root volume of Amazon Linux",
        volumes,
        [("/dev/xvda", 8, "gp3", True)],
        [("/dev/sda1", 8, "gp2", True)],
        "U",
    ),
    Row(
        58,
        "ec2",
        "the root device's name, of Amazon Linux",
        lambda lab: root_device(lab, "al2023-ami-2023*x86_64"),
        ("/dev/xvda", ["/dev/xvda"]),
        ("/dev/xvda", ["/dev/sda1"]),
        "U",
    ),
    Row(
        58,
        "ec2",
        "the root device's name, of Ubuntu",
        lambda lab: root_device(lab, "ubuntu/images/*amd64*"),
        ("/dev/sda1", ["/dev/sda1"]),
        ("/dev/sda1", ["/dev/sda1"]),
        "U",
    ),
    Row(
        58,
        "ec2",
        "the volumes of an image",
        image_mapping,
        [("/dev/xvda", 8, "gp3", True)],
        [("/dev/xvda", 15, "standard", False)],
        "U",
    ),
    Row(
        59,
        "ec2",
        "a larger root volume: it ends with its instance",
        lambda lab: volumes(lab, disk(20)),
        [("/dev/xvda", 20, "gp3", True)],
        [("/dev/xvda", 20, "gp2", False)],
        "U",
    ),
    Row(59, "ec2", "what is left of a larger root volume", lambda lab: left_over(lab, disk(20)), [], [20], "U"),
    Row(
        59,
        "ec2",
        "what is left of a root volume that is to stay",
        lambda lab: left_over(lab, disk(20, DeleteOnTermination=False)),
        [20],
        [20],
        "M",
    ),
    Row(
        59,
        "ec2",
        "another volume at the launch: it comes to the root volume, and stays",
        lambda lab: left_over(lab, disk(5, "/dev/sdf")),
        [5],
        [5],
        "M",
    ),
    Row(
        59,
        "ec2",
        "volumes of an instance with another volume",
        lambda lab: volumes(lab, disk(5, "/dev/sdf")),
        [("/dev/sdf", 5, "gp2", False), ("/dev/xvda", 8, "gp3", True)],
        [("/dev/sdf", 5, "gp2", False)],
        "U",
    ),
    Row(
        59,
        "ec2",
        "only the type of the root volume is said",
        lambda lab: volumes(lab, disk(None, VolumeType="gp2")),
        [("/dev/xvda", 8, "gp2", True)],
        "error MissingParameter",
        "M",
    ),
    Row(
        60,
        "ec2",
        "a root volume smaller than its snapshot",
        lambda lab: volumes(lab, disk(4)),
        "error InvalidBlockDeviceMapping",
        [("/dev/xvda", 4, "gp2", False)],
        "EC, M",
    ),
    Row(
        109,
        "ec2",
        "a volume of a type that there is not, at the launch",
        lambda lab: volumes(lab, disk(9, VolumeType="gp9")),
        "error UnknownVolumeType",
        [("/dev/xvda", 9, "gp9", False)],
        "EC",
    ),
    Row(
        115,
        "ec2",
        "a volume of a snapshot that is not there, at the launch",
        lambda lab: volumes(lab, {"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": f"snap-{ABSENT}"}}),
        "error InvalidSnapshot.NotFound",
        "error InvalidSnapshot.NotFound",
        "EC",
    ),
    Row(
        0,
        "ec2",
        "a device twice",
        lambda lab: volumes(lab, disk(9), disk(10)),
        "error InvalidBlockDeviceMapping",
        [("/dev/xvda", 10, "gp2", False)],
        "EC",
    ),
    Row(
        127,
        "ec2",
        "the volumes of an image of an instance, and of an instance launched from it",
        image_of_two_volumes,
        (
            [("/dev/sdf", 3, "gp2", True), ("/dev/xvda", 12, "gp3", True)],
            [("/dev/sdf", 3, "gp2", True), ("/dev/xvda", 12, "gp3", True)],
        ),
        ([("/dev/sda1", 15, "standard", False)], [("/dev/sda1", 8, "gp2", True)]),
        "M",
    ),
]
