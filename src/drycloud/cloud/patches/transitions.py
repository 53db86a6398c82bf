"""Patches of moto's other things whose states take time to change: what they are called on the way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from drycloud.cloud.state.states import Transition, under_way
from drycloud.patching import Patch


def _on_the_way(kind: Any, name: str, told: Callable[[Any], str | None]) -> None:
    """Let an attribute of moto's tell the state on the way, where there is one, and else what moto set."""
    setattr(
        kind,
        name,
        property(
            lambda self: told(self) or self.__dict__.get(name),
            lambda self, value: self.__dict__.update({name: value}),
        ),
    )


def _begin_when_made(kind: Any) -> None:
    """A new one of this kind is on its way for some seconds."""
    plain = kind.__init__

    @wraps(plain)
    def initialise(self: Any, *words: Any, **more: Any) -> None:
        plain(self, *words, **more)
        self._coming = Transition()

    kind._coming = kind._going = None
    kind.__init__ = initialise


def _take_time_for_snapshots() -> None:
    from moto.ec2.models.elastic_block_store import Snapshot

    def status(self: Any) -> str | None:
        image = self.ec2_backend.amis.get(self.from_ami) if self.from_ami else None
        return "pending" if under_way(self._coming) or getattr(image, "state", "") == "pending" else None

    Snapshot._coming = None
    _on_the_way(Snapshot, "status", status)
    Snapshot.progress = property(lambda self: "0%" if self.status == "pending" else "100%")


def _take_time_for_networks() -> None:
    from moto.ec2.models.subnets import Subnet
    from moto.ec2.models.vpcs import VPC, VPCBackend, VPCEndPoint

    for kind in (VPC, Subnet, VPCEndPoint):
        _begin_when_made(kind)
        _on_the_way(kind, "state", _state_of_network)
    delete = VPCBackend.delete_vpc_endpoints

    @wraps(delete)
    def delete_vpc_endpoints(self: Any, vpce_ids: list[str] | None = None) -> None:
        delete(self, vpce_ids)
        for id in vpce_ids or []:
            if id in self.vpc_end_points:
                self.vpc_end_points[id]._going = Transition()

    VPCBackend.delete_vpc_endpoints = delete_vpc_endpoints


def _state_of_network(thing: Any) -> str | None:
    if under_way(thing._going):
        return "deleting"
    at_once = str(getattr(thing, "vpc_endpoint_type", "") or "").lower() == "gateway"
    return "pending" if under_way(thing._coming) and not at_once and thing._going is None else None


def _take_time_for_interfaces() -> None:
    # Until it is off the instance it is in use. moto makes, attaches and detaches it at once.
    from moto.ec2.models.elastic_network_interfaces import Attachment, NetworkInterface
    from moto.ec2.models.instances import Instance

    _begin_when_made(NetworkInterface)
    attach = Instance.attach_eni
    read = Attachment.__init__

    @wraps(attach)
    def attach_eni(self: Any, eni: Any, device_index: int) -> Any:
        eni._attaching = Transition()
        return attach(self, eni, device_index)

    @wraps(read)
    def initialise(self: Any, eni: Any) -> None:
        read(self, eni)
        if under_way(eni._attaching):
            self.status = "attaching"

    NetworkInterface._attaching = None
    Instance.attach_eni, Attachment.__init__ = attach_eni, initialise
    _on_the_way(NetworkInterface, "status", _status_of_interface)


def _status_of_interface(eni: Any) -> str | None:
    if eni.instance is None and under_way(eni._going):
        return "in-use"
    return "pending" if eni.__dict__.get("status") == "available" and under_way(eni._coming) else None


def _take_time_for_gateways() -> None:
    from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend

    _begin_when_made(NatGateway)
    _on_the_way(NatGateway, "state", _state_of_network)
    delete = NatGatewayBackend.delete_nat_gateway

    @wraps(delete)
    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        gone = delete(self, nat_gateway_id)
        gone._going = gone._going or Transition()
        return gone

    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway


def _take_time_for_modifications() -> None:
    from moto.ec2.models.elastic_block_store import VolumeModification

    _begin_when_made(VolumeModification)
    state = property(lambda self: "modifying" if under_way(self._coming) else "completed")
    VolumeModification.modification_state = state
    VolumeModification.end_time = property(
        lambda self: None if under_way(self._coming) else self.__dict__["end_time"],
        lambda self, value: self.__dict__.update(end_time=value),
    )
    VolumeModification.progress = property(lambda self: 0 if under_way(self._coming) else 100)


def _take_time_for_checks_and_monitoring() -> None:
    from moto.ec2.models.instances import Instance

    for name in ("instance_status", "system_status"):
        setattr(Instance, name, _initialising(getattr(Instance, name)))
    Instance._coming = None
    Instance.monitoring = property(_monitoring)


def _initialising(known: property) -> property:
    assert known.fget is not None
    read = known.fget

    def get(self: Any) -> dict[str, Any]:
        found: dict[str, Any] = read(self)
        if found["Status"] != "ok" or not getattr(self._state, "is_new", False):
            return found
        return {"Details": [{"Name": "reachability", "Status": "initializing"}], "Status": "initializing"}

    return property(get)


def _monitoring(instance: Any) -> dict[str, str]:
    on = instance.monitored
    if under_way(instance._coming):
        return {"State": "pending" if on else "disabling"}
    return {"State": "enabled" if on else "disabled"}


PATCHES = (
    Patch(
        _take_time_for_snapshots,
        "A snapshot is pending for some seconds, one of an image as long as that is; moto's is complete at once.",
        "5.2.5",
        rows=(111,),
    ),
    Patch(
        _take_time_for_networks,
        "A VPC, a subnet and an endpoint that is an interface are pending for some seconds; moto's are there at once.",
        "5.2.5",
        rows=(303,),
    ),
    Patch(
        _take_time_for_interfaces,
        "A network interface is pending, attaching and detaching for some seconds; moto does all of it at once.",
        "5.2.5",
        rows=(303,),
    ),
    Patch(
        _take_time_for_gateways,
        "A NAT gateway is pending and deleting for some seconds; moto's is there, and gone, at once.",
        "5.2.5",
        rows=(303,),
    ),
    Patch(
        _take_time_for_modifications,
        "A volume's modification is under way for some seconds; moto's is completed at once.",
        "5.2.5",
        rows=(302,),
    ),
    Patch(
        _take_time_for_checks_and_monitoring,
        "The checks of an instance begin when it runs, and monitoring is pending for some seconds; not so in moto.",
        "5.2.5",
        rows=(304,),
    ),
)
