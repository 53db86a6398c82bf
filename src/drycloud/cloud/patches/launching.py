"""Patches of moto's instances and images: what a launch gives them, and what they keep."""

from functools import wraps
from typing import Any

from drycloud.cloud.state.states import TimedState
from drycloud.patching import Patch

_ROOT = (8, "gp3")  # GiB and type of a public image's root volume


def _take_time_to_start_and_end() -> None:
    from moto.ec2.models import instances

    instances.InstanceState = TimedState


def _keep_groups_with_the_first_interface() -> None:
    # moto shows both lists together for an interface: what is taken away from one is still there. No rule can do it:
    # requests for Spot instances and launch templates launch too.
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface
    from moto.ec2.models.instances import Instance

    def get(self: Any) -> list[Any]:
        first = self.__dict__.get("nics", {}).get(0)
        groups: list[Any] = first._group_set if first else self.__dict__.get("security_groups", [])
        return groups

    def put(self: Any, groups: list[Any]) -> None:
        self.__dict__["security_groups"] = groups
        if 0 in self.__dict__.get("nics", {}):
            self.nics[0]._group_set = groups

    Instance.security_groups = property(get, put)
    NetworkInterface.group_set = property(lambda self: self._group_set)


def _give_images_the_volumes_of_their_instance() -> None:
    # Public ones have a root volume as those of AWS have. An image wants tokens of who asks for metadata, or does not,
    # as the one that its instance was launched from.
    from moto.ec2.models.amis import Ami

    plain = Ami.__init__

    @wraps(plain)
    def initialise(self: Any, backend: Any, *words: Any, **more: Any) -> None:
        plain(self, backend, *words, **more)
        instance, source = getattr(self, "instance", None), more.get("source_ami")
        if instance is not None:
            source = backend.amis.get(instance.image_id)
            self.root_device_name = instance.root_device_name
        elif source is not None:
            self.root_device_name = source.root_device_name
        self.root_device_type = "ebs"
        self.imds_support = source.imds_support if source else "v2.0" if _is_of_2023(self) else None
        self.ebs_snapshot.volume.size, self.root_volume_type = _root_volume(backend, instance, source)
        self.other_devices = _other_devices(backend, self, instance)

    def block_device_mappings(self: Any) -> list[dict[str, Any]]:
        root = _mapping(self.root_device_name, self.ebs_snapshot, self.root_volume_type, ends=True)
        return [root, *self.other_devices]

    Ami.root_volume_type, Ami.imds_support, Ami.other_devices = "standard", None, ()  # of those made before
    Ami.__init__ = initialise
    Ami.block_device_mappings = property(block_device_mappings)


def _is_of_2023(image: Any) -> bool:
    return str(image.name).startswith("al2023-ami-")


def _root_volume(backend: Any, instance: Any, source: Any) -> tuple[int, str]:
    device = instance.block_device_mapping.get(instance.root_device_name) if instance else None
    if device is not None:
        volume = backend.volumes[device.volume_id]
        return int(volume.size), str(volume.volume_type)
    return (int(source.ebs_snapshot.volume.size), source.root_volume_type) if source else _ROOT


def _other_devices(backend: Any, image: Any, instance: Any) -> list[dict[str, Any]]:
    """What an image of an instance holds besides the root volume: a snapshot of each."""
    found = []
    for name, device in instance.block_device_mapping.items() if instance else ():
        if name != instance.root_device_name:
            about = f"Created by CreateImage({instance.id}) for {image.id}"
            snapshot = backend.create_snapshot(device.volume_id, about, image.owner_id, from_ami=image.id)
            kind = backend.volumes[device.volume_id].volume_type
            found.append(_mapping(name, snapshot, kind, ends=bool(device.delete_on_termination)))
    return found


def _mapping(device: str, snapshot: Any, kind: str, *, ends: bool) -> dict[str, Any]:
    size = snapshot.volume.size
    volume = {"SnapshotId": snapshot.id, "VolumeSize": size, "VolumeType": kind, "DeleteOnTermination": ends}
    return {"DeviceName": device, "Ebs": volume | {"Encrypted": bool(snapshot.encrypted)}}


def _give_instances_the_root_volume_of_their_image() -> None:
    from moto.ec2.models.instances import Instance

    def setup_defaults(self: Any) -> None:
        image = self.ec2_backend.amis.get(self.image_id)
        size, kind = _root_volume(self.ec2_backend, None, image)
        self.add_block_device(size, self.root_device_name, None, False, True, None, kind)

    Instance.setup_defaults = setup_defaults


def _take_time_to_make_images() -> None:
    from moto.ec2.models.amis import Ami

    plain = Ami.__init__

    @wraps(plain)
    def initialise(self: Any, backend: Any, *words: Any, **more: Any) -> None:
        self._made = TimedState() if more.get("instance") or more.get("source_ami") else None
        plain(self, backend, *words, **more)

    def get(self: Any) -> str:
        pending = self._made is not None and self._made.between
        return "pending" if pending else str(self.__dict__["state"])

    def put(self: Any, state: str) -> None:
        self.__dict__["state"] = state

    Ami._made = None
    Ami.__init__ = initialise
    Ami.state = property(get, put)


def _tag_the_snapshots_of_an_image() -> None:
    from moto.ec2.models.amis import AmiBackend

    create = AmiBackend.create_image

    @wraps(create)
    def create_image(
        self: Any, instance_id: str, name: str, description: str, tag_specifications: list[dict[str, Any]]
    ) -> Any:
        of_image = [words for words in tag_specifications if words.get("ResourceType") != "snapshot"]
        image = create(self, instance_id, name, description, tag_specifications=of_image)
        for words in tag_specifications:
            tags = {tag["Key"]: tag.get("Value", "") for tag in words["Tags"]}
            for snapshot in self.snapshots.values() if words.get("ResourceType") == "snapshot" else ():
                if snapshot.from_ami == image.id:
                    snapshot.add_tags(tags)
        return image

    AmiBackend.create_image = create_image


def _tell_what_images_support() -> None:
    from moto.ec2.models.amis import Ami

    Ami.ena_support = True
    Ami.sriov_net_support = property(lambda self: self.sriov)


PATCHES = (
    Patch(
        _take_time_to_start_and_end,
        "An instance is pending, stopping and shutting-down for some seconds; moto's has the last state at once.",
        "5.2.5",
        rows=(42,),
    ),
    Patch(
        _keep_groups_with_the_first_interface,
        "An instance's groups are those of its first interface; moto keeps two lists, and changes one of them.",
        "5.2.5",
        rows=(56,),
    ),
    Patch(
        _give_images_the_volumes_of_their_instance,
        "An image has the volumes of its instance; each of moto's has one of 15 GiB.",
        "5.2.5",
        rows=(127, 161),
    ),
    Patch(
        _give_instances_the_root_volume_of_their_image,
        "Spot requests and launch templates, which no rule completes, launch with /dev/sda1 in moto.",
        "5.2.5",
        rows=(58,),
    ),
    Patch(
        _take_time_to_make_images,
        "An image of an instance, or of another image, is pending for some seconds; moto's is there at once.",
        "5.2.5",
        rows=(111,),
    ),
    Patch(
        _tag_the_snapshots_of_an_image,
        "CreateImage tags the image and its snapshots; moto fails at the latter.",
        "5.2.5",
        rows=(126,),
    ),
    Patch(
        _tell_what_images_support,
        "AWS filters images by what they support; moto's images do not say it.",
        "5.2.5",
        rows=(50,),
    ),
)
