"""Patches of moto's volumes: what becomes of them when their instance ends."""

from functools import cache, wraps
from typing import Any


@cache
def patch_volumes() -> None:
    """Patch moto, once in a process."""
    _keep_volumes_until_their_instance_is_gone()
    _tell_what_happens_to_volumes_at_the_end()


def _keep_volumes_until_their_instance_is_gone() -> None:
    """A volume that outlives its instance is free once that is terminated, not while it shuts down; moto's is at once.

    So whoever deletes it right after TerminateInstances is refused, as on AWS (253).
    """
    from moto.ec2.models.block_device import BlockDeviceMapping
    from moto.ec2.models.elastic_block_store import Volume
    from moto.ec2.models.instances import Instance

    def teardown_defaults(self: Any) -> None:
        for place, device in list(self.block_device_mapping.items()):
            if device.delete_on_termination:
                self.ec2_backend.detach_volume(device.volume_id, self.id, place)
                self.ec2_backend.delete_volume(device.volume_id)

    def attachment(self: Any) -> Any:
        held = self.__dict__["attachment"]
        return None if held is None or _is_gone(held.instance) else held

    def devices(self: Any) -> Any:
        return BlockDeviceMapping() if _is_gone(self) else self.__dict__["block_device_mapping"]

    Instance.teardown_defaults = teardown_defaults
    Volume.attachment = property(attachment, lambda self, held: self.__dict__.update(attachment=held))
    Instance.block_device_mapping = property(
        devices, lambda self, mapping: self.__dict__.update(block_device_mapping=mapping)
    )


def _is_gone(instance: Any) -> bool:
    return bool(instance._state.name == "terminated")


def _tell_what_happens_to_volumes_at_the_end() -> None:
    """Whether a volume goes with its instance: moto does not tell, and has no filter for it (50)."""
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
