"""Images (AMIs), and their snapshots."""

from typing import Any

from fidelity.rows.launching import ABSENT, launched
from fidelity.table import NO_ANSWER, Lab, Row


def create(lab: Lab, instance: str | None = None, *, wait: bool = True, **words: Any) -> str:
    """An image of an instance, by default a new one's."""
    words = {"Name": lab.name("image"), "InstanceId": instance or lab.launch()[0], **words}
    image = lab.ec2.create_image(**words)["ImageId"]
    if wait:
        lab.ec2.get_waiter("image_available").wait(ImageIds=[image], WaiterConfig={"Delay": 0.1, "MaxAttempts": 50})
    return str(image)


def described(lab: Lab, *ids: str, **words: Any) -> list[dict[str, Any]]:
    return list(lab.ec2.describe_images(**({"ImageIds": list(ids)} if ids else {}), **words)["Images"])


def snapshot_of(lab: Lab, image: str) -> str:
    return str(described(lab, image)[0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"])


def snapshots(lab: Lab, id: str) -> list[str]:
    """The snapshot of that id, if it is there."""
    found = lab.ec2.describe_snapshots(Filters=[{"Name": "snapshot-id", "Values": [id]}])["Snapshots"]
    return [s["SnapshotId"] for s in found]


def state_then(lab: Lab, state: str) -> str:
    """Create an image of an instance in that state: the image's state then."""
    id = lab.launch()[0]
    if state != "running":
        act = {"stopped": lab.ec2.stop_instances, "terminated": lab.ec2.terminate_instances}[state]
        act(InstanceIds=[id])
        lab.wait(f"instance_{state}", [id])
    return str(described(lab, create(lab, id))[0]["State"])


def first_state(lab: Lab) -> str:
    return str(described(lab, create(lab, wait=False))[0]["State"])


def run_too_early(lab: Lab) -> str:
    return launched(lab, ImageId=create(lab, wait=False))


def run_later(lab: Lab) -> str:
    return launched(lab, ImageId=create(lab))


def named(lab: Lab, *names: str) -> str:
    """Create images of these names from one instance."""
    id = lab.launch()[0]
    for name in names:
        create(lab, id, Name=name)
    return "created"


def same_name_again(lab: Lab) -> str:
    """A name is free again when its image is deregistered."""
    id, name = lab.launch()[0], lab.name("image")
    lab.ec2.deregister_image(ImageId=create(lab, id, Name=name))
    create(lab, id, Name=name)
    return "created"


def of_absent(lab: Lab, instance: str) -> str:
    lab.ec2.create_image(InstanceId=instance, Name=lab.name("image"))
    return "created"


def delete_its_snapshot(lab: Lab) -> str:
    lab.ec2.delete_snapshot(SnapshotId=snapshot_of(lab, create(lab)))
    return "deleted"


def deregister(lab: Lab, times: int = 1, **words: Any) -> tuple[int, int]:
    """How many of an image's snapshots are left when it is deregistered, and of how many the answer tells."""
    image = create(lab)
    snapshot = snapshot_of(lab, image)
    for _ in range(times):
        answer = lab.ec2.deregister_image(ImageId=image, **words)
    return len(snapshots(lab, snapshot)), len(answer.get("DeleteSnapshotResults", []))


def described_after(lab: Lab) -> list[dict[str, Any]]:
    image = create(lab)
    lab.ec2.deregister_image(ImageId=image)
    return described(lab, image)


def amazons(lab: Lab) -> str:
    """Deregister an image of Amazon's; in a region that no other row uses."""
    there = lab.client("ec2", "ca-central-1")
    image = there.describe_images(Owners=["amazon"])["Images"][-1]["ImageId"]
    there.deregister_image(ImageId=image)
    return "deregistered"


def amazons_for_all(lab: Lab) -> str:
    there = lab.client("ec2", "ca-central-1")
    image = there.describe_images(Owners=["amazon"])["Images"][-1]["ImageId"]
    there.modify_image_attribute(ImageId=image, LaunchPermission={"Remove": [{"Group": "all"}]})
    return "modified"


def tagged(lab: Lab) -> tuple[Any, Any]:
    """Tag image and snapshot as they are made: the tags of both."""
    tags = [{"ResourceType": kind, "Tags": [{"Key": "kind", "Value": kind}]} for kind in ("image", "snapshot")]
    image = create(lab, TagSpecifications=tags)
    snapshot = lab.ec2.describe_snapshots(SnapshotIds=[snapshot_of(lab, image)])["Snapshots"][0]
    return described(lab, image)[0]["Tags"][0]["Value"], snapshot["Tags"][0]["Value"]


def filtered(lab: Lab, name: str, value: str, **words: Any) -> int:
    return len(described(lab, Filters=[{"Name": name, "Values": [value]}], **words))


def own(lab: Lab) -> bool:
    image = create(lab)
    return image in [i["ImageId"] for i in described(lab, Owners=["self"])]


def known_and_unknown(lab: Lab) -> int:
    return len(described(lab, lab.image, f"ami-{ABSENT}"))


def dates(lab: Lab) -> bool:
    """Whether images have dates of their own."""
    return len({i["CreationDate"] for i in described(lab, Owners=["amazon"])}) > 1


def support(lab: Lab) -> Any:
    return described(lab, lab.image)[0].get("ImdsSupport")


CREATED, NONE = "created", "error InvalidParameterValue"

ROWS = [
    Row(118, "ec2", "an image of a running instance", lambda lab: state_then(lab, "running"), *["available"] * 2, "M"),
    Row(118, "ec2", "an image of a stopped instance", lambda lab: state_then(lab, "stopped"), *["available"] * 2, "M"),
    Row(111, "ec2", "an image at the first look", first_state, "pending", "available", "M"),
    Row(0, "ec2", "a launch from a pending image", run_too_early, "error InvalidAMIID.Unavailable", "launched", "EC"),
    Row(0, "ec2", "a launch from an image of the account's own", run_later, "launched", "launched", "M"),
    Row(
        119,
        "ec2",
        "an image of a terminated instance",
        lambda lab: state_then(lab, "terminated"),
        NONE,
        "available",
        "M, GH aws-samples",
    ),
    Row(
        119,
        "ec2",
        "an image of an instance that is not there",
        lambda lab: of_absent(lab, f"i-{ABSENT}"),
        *["error InvalidInstanceID.NotFound"] * 2,
        "EC",
    ),
    Row(
        119,
        "ec2",
        "an image of what is no instance",
        lambda lab: of_absent(lab, "foo"),
        "error InvalidInstanceID.Malformed",
        "error InvalidInstanceID.NotFound",
        "EC",
    ),
    Row(
        120,
        "ec2",
        "two images of one name",
        lambda lab: named(lab, *[lab.name("image")] * 2),
        "error InvalidAMIName.Duplicate",
        CREATED,
        "Q, EC",
    ),
    Row(120, "ec2", "a name whose image was deregistered", same_name_again, CREATED, CREATED, "U"),
    Row(121, "ec2", "my*ami?!", lambda lab: named(lab, "my*ami?!"), "error InvalidAMIName.Malformed", CREATED, "EC, M"),
    Row(
        121,
        "ec2",
        "a name with all that is allowed",
        lambda lab: named(lab, lab.name("A b()[]./-'@_")),
        CREATED,
        CREATED,
        "M",
    ),
    Row(122, "ec2", "delete an image's snapshot", delete_its_snapshot, *["error InvalidSnapshot.InUse"] * 2, "EC, M"),
    Row(123, "ec2", "deregister an image: its snapshot stays", deregister, (1, 0), (1, 0), "M"),
    Row(
        123,
        "ec2",
        "deregister an image with its snapshots",
        lambda lab: deregister(lab, DeleteAssociatedSnapshots=True),
        (0, 1),
        (1, 0),
        "M",
    ),
    Row(
        124,
        "ec2",
        "deregister an image twice",
        lambda lab: deregister(lab, 2),
        *["error InvalidAMIID.Unavailable"] * 2,
        "EC",
    ),
    Row(124, "ec2", "describe a deregistered image", described_after, [], [], "U"),
    Row(125, "ec2", "deregister an image of Amazon's", amazons, "error AuthFailure", "deregistered", "EC"),
    Row(125, "ec2", "who may launch an image of Amazon's", amazons_for_all, "error AuthFailure", "modified", "EC"),
    Row(126, "ec2", "tags of an image and its snapshot", tagged, ("image", "snapshot"), NO_ANSWER, "M"),
    Row(128, "ec2", "images have dates of their own", dates, True, True, "M"),
    Row(
        129,
        "ec2",
        "describe an image that is there and one that is not",
        known_and_unknown,
        "error InvalidAMIID.NotFound",
        1,
        "U",
    ),
    Row(
        129,
        "ec2",
        "describe what is no image",
        lambda lab: len(described(lab, "ami-XYZ")),
        "error InvalidAMIID.Malformed",
        "error InvalidAMIID.NotFound",
        "EC, Q",
    ),
    Row(
        347,
        "ec2",
        "images of an owner that is none",
        lambda lab: len(described(lab, Owners=["amazn"])),
        "error InvalidUserID.Malformed",
        0,
        "EC",
    ),
    Row(0, "ec2", "images of the account's own", own, True, True, "M"),
    Row(49, "ec2", "images by a filter that is none", lambda lab: filtered(lab, "bogus", "x"), NONE, NO_ANSWER, "EC"),
    Row(
        50, "ec2", "images that are for ENA", lambda lab: filtered(lab, "ena-support", "true") > 5, True, NO_ANSWER, "M"
    ),
    Row(
        50,
        "ec2",
        "images by the size of a volume",
        lambda lab: filtered(lab, "block-device-mapping.volume-size", "8", Owners=["amazon"]) > 5,
        True,
        NO_ANSWER,
        "M",
    ),
    Row(
        50,
        "ec2",
        "images by a part of the date",
        lambda lab: filtered(lab, "creation-date", "2025-11-*", Owners=["amazon"]),
        1,
        0,
        "M",
    ),
    Row(
        52,
        "ec2",
        "images by a part of the name",
        lambda lab: filtered(lab, "name", "al2023-ami-2023.*-x86_64"),
        2,
        2,
        "M",
    ),
    Row(161, "ec2", "an image of Amazon Linux 2023 asks for tokens", support, "v2.0", None, "U"),
]
