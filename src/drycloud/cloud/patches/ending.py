"""Patches of moto's instances: a state is entered once, and what is terminated has nothing left."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from drycloud.patching import Patch


def _enter_a_state_once() -> None:
    from moto.ec2.models.instances import Instance

    for name, target in (("start", "running"), ("stop", "stopped"), ("terminate", "terminated")):
        setattr(Instance, name, _unless_there(getattr(Instance, name), target))


def _unless_there(change: Callable[[Any], Any], target: str) -> Callable[[Any], Any]:
    @wraps(change)
    def changed(instance: Any) -> Any:
        if getattr(instance._state, "target", instance._state.name) == target:
            return copy(instance._state)
        return change(instance)

    return changed


def _end_interfaces_with_their_instance() -> None:
    from moto.ec2.models.instances import Instance

    initialise, end = Instance.__init__, Instance.terminate

    @wraps(initialise)
    def initialised(self: Any, *words: Any, **more: Any) -> None:
        initialise(self, *words, **more)
        said = {int(nic.get("DeviceIndex", 0)): nic for nic in more.get("nics") or ()}
        for index, nic in self.nics.items():
            if "NetworkInterfaceId" not in said.get(index, {}):
                nic.delete_on_termination = said.get(index, {}).get("DeleteOnTermination", True)

    @wraps(end)
    def terminate(self: Any) -> Any:
        nics = list(self.nics.values()) if self._state.name not in ("shutting-down", "terminated") else []
        goes = [nic for nic in nics if nic.delete_on_termination]
        for nic in goes:
            nic.delete_on_termination = False  # moto would give the next launch an address out of a set, at random
        before = end(self)
        for nic in goes:
            nic.delete_on_termination = True
            self.ec2_backend.enis.pop(nic.id, None)
            for address in nic.private_ip_addresses:
                nic.subnet._subnet_ips.pop(address["PrivateIpAddress"], None)
        for nic in nics:
            if nic not in goes:
                self.detach_eni(nic)
        return before

    Instance.__init__, Instance.terminate = initialised, terminate


def _leave_nothing_of_a_terminated_instance() -> None:
    from moto.ec2.models.instances import Instance

    left: dict[str, Any] = {
        "network_interfaces": [],
        "security_groups": [],
        "private_dns_name": "",
        "subnet_id": None,
        "vpc_id": None,
    }
    addresses = ("private_ip", "private_ip_address", "public_ip", "public_ip_address")
    for name, nothing in {**left, **dict.fromkeys(addresses)}.items():
        needs = "nics" if name in (*addresses, "private_dns_name") else "id"
        setattr(Instance, name, _until_terminated(getattr(Instance, name), nothing, needs))


def _until_terminated(known: property, nothing: Any, needs: str) -> property:
    """The property, and `nothing` when the instance is terminated, or has not (any more) what it needs."""
    assert known.fget is not None
    read = known.fget

    def get(self: Any) -> Any:
        gone = self._state.name == "terminated" or not vars(self).get(needs)
        return copy(nothing) if gone else read(self)

    return property(get, known.fset)


PATCHES = (
    Patch(
        _enter_a_state_once,
        "To stop what is stopped changes nothing; moto does it all again: new addresses, new reasons.",
        "5.2.5",
        rows=(35, 41),
    ),
    Patch(
        _end_interfaces_with_their_instance,
        "Interfaces that a launch made end with their instance, others are free again; moto's stay in use.",
        "5.2.5",
        rows=(67,),
    ),
    Patch(
        _leave_nothing_of_a_terminated_instance,
        "A terminated instance has no addresses, interfaces, groups and network any more; moto's has.",
        "5.2.5",
        rows=(67,),
    ),
)
