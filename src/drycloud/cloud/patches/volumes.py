"""Patches of moto's volumes: what they go through, and what becomes of them when their instance ends."""

from functools import wraps
from typing import Any

from drycloud.cloud.state.states import Transition, under_way
from drycloud.patching import Patch

_LEAVING = "drycloud_leaving"  # on moto's backend: volumes that are listed for some seconds after their end


def leaving(backend: Any) -> dict[str, Any]:
    """The volumes, by id, that have ended and are still listed."""
    kept = {id: volume for id, volume in vars(backend).get(_LEAVING, {}).items() if under_way(volume._going)}
    if kept or _LEAVING in vars(backend):
        vars(backend)[_LEAVING] = kept
    return kept


def leave(volume: Any) -> None:
    """List a volume that ends for some seconds longer."""
    volume._going = Transition()
    vars(volume.ec2_backend).setdefault(_LEAVING, {})[volume.id] = volume


def _take_time_to_attach_and_detach() -> None:
    # While it is detaching its volume is in use, and its device too. A volume is creating at first.
    from moto.ec2.models.block_device import BlockDeviceType
    from moto.ec2.models.elastic_block_store import EBSBackend, Volume, VolumeAttachment

    attach, detach = EBSBackend.attach_volume, EBSBackend.detach_volume

    @wraps(attach)
    def attach_volume(self: Any, volume_id: str, instance_id: str, device_path: str, *words: Any, **more: Any) -> Any:
        made = attach(self, volume_id, instance_id, device_path, *words, **more)
        made._coming = Transition()
        made.instance.block_device_mapping[device_path]._attachment = made
        return made

    @wraps(detach)
    def detach_volume(self: Any, volume_id: str, instance_id: str, device_path: str) -> Any:
        held = self.get_volume(volume_id).attachment
        if held is None or (device_path or held.device) not in held.instance.block_device_mapping:
            return detach(self, volume_id, instance_id, device_path)
        held._going = held._going or Transition()
        return held

    for kind in (Volume, VolumeAttachment):
        kind._coming = kind._going = None
    BlockDeviceType._attachment = None
    EBSBackend.attach_volume, EBSBackend.detach_volume = attach_volume, detach_volume
    VolumeAttachment.status = _told(_status_of_attachment)
    BlockDeviceType.status = _told(lambda block: block._attachment.status if block._attachment else None)
    Volume.status = property(_status_of_volume)


def _told(found: Any) -> property:
    """A state that follows from the transitions, and where they tell none is as moto set it."""
    return property(
        lambda self: found(self) or self.__dict__.get("status"),
        lambda self, status: self.__dict__.update(status=status),
    )


def _status_of_attachment(attachment: Any) -> str | None:
    if attachment._going is not None:
        return "detaching"
    return "attaching" if under_way(attachment._coming) else None


def _status_of_volume(volume: Any) -> str:
    if volume.attachment:
        return "in-use"
    if volume._going is not None:
        return "deleting"
    return "creating" if under_way(volume._coming) else "available"


def _list_volumes_some_seconds_longer() -> None:
    from moto.ec2.models.elastic_block_store import EBSBackend

    describe = EBSBackend.describe_volumes

    @wraps(describe)
    def describe_volumes(self: Any, *words: Any, **more: Any) -> Any:
        there = self.volumes
        self.volumes = {**there, **leaving(self)}
        try:
            return describe(self, *words, **more)
        finally:
            self.volumes = there

    EBSBackend.describe_volumes = describe_volumes


def _keep_volumes_until_their_instance_is_gone() -> None:
    # So DeleteVolume right after TerminateInstances is refused, as on AWS. One that goes with its instance is listed
    # until then.
    from moto.ec2.models.block_device import BlockDeviceMapping
    from moto.ec2.models.elastic_block_store import Volume
    from moto.ec2.models.instances import Instance

    def teardown_defaults(self: Any) -> None:
        for device in self.block_device_mapping.values():
            if device.delete_on_termination and (device._attachment is None or device._attachment._going is None):
                leave(self.ec2_backend.volumes.pop(device.volume_id))

    def attachment(self: Any) -> Any:
        held = self.__dict__["attachment"]
        return None if held is None or _is_gone(held.instance) or _is_detached(held) else held

    def devices(self: Any) -> Any:
        if _is_gone(self):
            return BlockDeviceMapping()
        mapping = self.__dict__["block_device_mapping"]
        for name in [name for name, device in mapping.items() if _is_detached(device._attachment)]:
            del mapping[name]
        return mapping

    Instance.teardown_defaults = teardown_defaults
    Volume.attachment = property(attachment, lambda self, held: self.__dict__.update(attachment=held))
    Instance.block_device_mapping = property(
        devices, lambda self, mapping: self.__dict__.update(block_device_mapping=mapping)
    )


def _is_detached(attachment: Any) -> bool:
    return attachment is not None and attachment._going is not None and attachment._going.is_over


def _is_gone(instance: Any) -> bool:
    return bool(instance._state.name == "terminated")


def _tell_what_happens_to_volumes_at_the_end() -> None:
    from moto.ec2.models.elastic_block_store import Volume, VolumeAttachment

    def delete_on_termination(self: Any) -> bool:
        device = self.instance.block_device_mapping.get(self.device)
        return bool(device and device.delete_on_termination)

    known = Volume.get_filter_value

    @wraps(known)
    def get_filter_value(self: Any, filter_name: str, method_name: str | None = None) -> Any:
        if filter_name == "attachment.delete-on-termination" and self.attachment:
            return str(self.attachment.delete_on_termination).lower()
        if filter_name == "multi-attach-enabled":
            return str(bool(self.multi_attach_enabled)).lower()
        return known(self, filter_name, method_name)

    VolumeAttachment.delete_on_termination = property(delete_on_termination)
    Volume.get_filter_value = get_filter_value


PATCHES = (
    Patch(
        _take_time_to_attach_and_detach,
        "An attachment is attaching and detaching for some seconds; moto's is attached, and then no more.",
        "5.2.5",
        rows=(300, 111),
    ),
    Patch(
        _list_volumes_some_seconds_longer,
        "A volume that ends is listed for some seconds longer; moto's is gone at once.",
        "5.2.5",
        rows=(300,),
    ),
    Patch(
        _keep_volumes_until_their_instance_is_gone,
        "A volume that outlives its instance is free once that is terminated; moto's is free while it shuts down.",
        "5.2.5",
        rows=(253,),
    ),
    Patch(
        _tell_what_happens_to_volumes_at_the_end,
        "moto does not tell whether a volume goes with its instance, and has no filter for it.",
        "5.2.5",
        rows=(50,),
    ),
)
