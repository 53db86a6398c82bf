"""Transitions (states.py) of resources other than instances: which calls start one, and what is refused meanwhile."""

import re
from typing import Any

from drycloud.cloud.patches.networking import dissolve
from drycloud.cloud.patches.volumes import leave, leaving
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import instance_of
from drycloud.cloud.rules.registry import Answer, after, before, edited, xml
from drycloud.cloud.state.states import Transition

_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"


# --- volumes ----------------------------------------------------------------------------------------------------------


@after("ec2", "CreateVolume")
def new_volume_is_being_created(request: AwsRequest, answer: Answer) -> Answer:
    """For some seconds; moto's is available at once (111)."""
    (volume,) = _made(answer, "volumeId", request.ec2.volumes)
    volume._coming = Transition()
    return edited(answer, r"<status>available</status>", "<status>creating</status>")


@before("ec2", "CreateSnapshot", "DeleteVolume", "ModifyVolume")
def volume_is_created(request: AwsRequest) -> None:
    """moto's exists at once (301)."""
    volume = request.ec2.volumes.get(request.value("VolumeId"))
    if volume is not None and volume.status == "creating":
        raise AwsError("IncorrectState", f"The volume '{volume.id}' is 'creating'.")


@before("ec2", "AttachVolume", "CreateSnapshot", "DeleteVolume", "DetachVolume", "ModifyVolume")
def volume_is_not_being_deleted(request: AwsRequest) -> None:
    """A volume that is being deleted is in-use if its instance is ending, or else deleting (300)."""
    volume = leaving(request.ec2).get(request.form.get("VolumeId", ""))
    if volume is None:
        return
    if volume.attachment and request.operation != "DetachVolume":
        words = f"Volume {volume.id} is currently attached to {volume.attachment.instance.id}"
        raise AwsError("VolumeInUse", words)
    raise AwsError("IncorrectState", f"The volume '{volume.id}' is '{volume.status}'.")


@before("ec2", "DeleteVolume")
def volume_to_delete_is_stored(request: AwsRequest) -> None:
    """For the rule below (300)."""
    request.kept["volume"] = request.ec2.volumes.get(request.value("VolumeId"))


@after("ec2", "DeleteVolume")
def deleted_volume_is_listed_for_a_while(request: AwsRequest, answer: Answer) -> None:
    """It is listed as deleting; moto's is gone at once (300)."""
    del answer
    leave(request.kept["volume"])


@before("ec2", "ModifyVolume")
def one_modification_at_a_time(request: AwsRequest) -> None:
    """moto accepts any number (302)."""
    volume = request.ec2.volumes.get(request.value("VolumeId"))
    if volume is not None and any(change.modification_state == "modifying" for change in volume.modifications):
        words = f"The volume '{volume.id}' is being modified. Wait until that is done."
        raise AwsError("IncorrectModificationState", words)


# --- snapshots --------------------------------------------------------------------------------------------------------


@after("ec2", "CopySnapshot", "CreateSnapshot", "CreateSnapshots")
def new_snapshot_is_pending(request: AwsRequest, answer: Answer) -> Answer:
    """For some seconds; moto's is completed at once (111)."""
    for snapshot in _made(answer, "snapshotId", request.ec2.snapshots):
        snapshot._coming = Transition()
    for name in ("status", "state"):  # CreateSnapshots has the other name
        answer = edited(answer, f"<{name}>completed</{name}>", f"<{name}>pending</{name}>")
    return edited(answer, r"<progress>100%</progress>", "<progress>0%</progress>")


@before("ec2", "CreateVolume", "CopySnapshot", "RunInstances")
def snapshot_is_complete(request: AwsRequest) -> None:
    """moto makes volumes from snapshots that are pending (301)."""
    fields = [name for name in request.form if name.split(".")[-1] in ("SnapshotId", "SourceSnapshotId")]
    for snapshot in (request.ec2.snapshots.get(request.form[name]) for name in fields):
        if snapshot is not None and snapshot.status == "pending":
            raise AwsError("IncorrectState", f"The snapshot '{snapshot.id}' is in invalid state - pending")


# --- network interfaces -----------------------------------------------------------------------------------------------


@before("ec2", "AttachNetworkInterface", "DeleteNetworkInterface")
def interface_is_free(request: AwsRequest) -> None:
    """moto deletes an interface in use, or attaches it to another instance (303)."""
    eni = request.ec2.enis.get(request.value("NetworkInterfaceId"))
    if eni is not None and eni.status == "in-use":
        words = f"Network interface '{eni.id}' is currently in use."
        raise AwsError("InvalidParameterValue", words)


@before("ec2", "DetachNetworkInterface")
def interface_to_detach_is_stored(request: AwsRequest) -> None:
    """For the rule below; the first interface of an instance stays (303, 305)."""
    id = request.value("AttachmentId")
    eni = next((eni for eni in request.ec2.enis.values() if id and eni.attachment_id == id), None)
    if eni is not None and eni.device_index == 0:
        words = f"The network interface '{eni.id}' at device index 0 cannot be detached."
        raise AwsError("OperationNotPermitted", words)
    request.kept["interface"] = eni


@after("ec2", "DetachNetworkInterface")
def interface_is_detaching_for_a_while(request: AwsRequest, answer: Answer) -> None:
    """It is in-use for some seconds; moto's is available at once (303)."""
    del answer
    request.kept["interface"]._going = Transition()


# --- NAT gateways -----------------------------------------------------------------------------------------------------


@before("ec2", "CreateNatGateway")
def address_of_a_new_nat_gateway_is_free(request: AwsRequest) -> None:
    """No row: moto makes the gateway, and then refuses its address."""
    wanted = request.value("AllocationId")
    if wanted is None:
        return
    found = next((address for address in request.ec2.addresses if address.allocation_id == wanted), None)
    if found is None:
        raise AwsError("InvalidAllocationID.NotFound", f"The allocation ID '{wanted[:50]}' does not exist")
    if found.association_id or found.instance or found.eni:
        raise AwsError("Resource.AlreadyAssociated", f"resource {wanted} is already associated")


@before("ec2", "AssociateAddress", "DisassociateAddress", "ReleaseAddress")
def address_of_a_nat_gateway_stays_with_it(request: AwsRequest) -> None:
    """Until the gateway is deleted; moto disassociates it (306)."""
    named = {request.value(name) for name in ("AllocationId", "AssociationId", "PublicIp")} - {None}
    for gateway in request.ec2.nat_gateways.values():
        if gateway.state == "deleted":
            continue
        for address in gateway.address_set:
            if named & {address.get("allocationId"), address.get("associationId"), address.get("publicIp")}:
                if request.operation == "ReleaseAddress":
                    raise AwsError("InvalidIPAddress.InUse", f"Address {address.get('publicIp')} is in use.")
                raise AwsError("AuthFailure", "You do not have permission to access the specified resource.", 403)


@after("ec2", "DeleteNatGateway")
def address_is_free_of_its_nat_gateway(request: AwsRequest, answer: Answer) -> None:
    """moto keeps it associated with the interface, which is gone (306)."""
    del answer
    for address in request.ec2.addresses:
        if address.eni is not None and address.eni.id not in request.ec2.enis:
            dissolve(address)


# --- monitoring -------------------------------------------------------------------------------------------------------


@before("ec2", "MonitorInstances", "UnmonitorInstances")
def monitoring_is_switched(request: AwsRequest) -> Answer:
    """moto has no such operation (113)."""
    on = request.operation == "MonitorInstances"
    found = [(id, instance_of(request, id)) for id in request.values("InstanceId")]
    for id, instance in found:
        if instance is None:
            raise AwsError("InvalidInstanceID.NotFound", f"The instance ID '{id}' does not exist")
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    for _, instance in found:
        if (instance.monitoring_state == "enabled") != on:
            instance.monitoring_state, instance._coming = "enabled" if on else "disabled", Transition()
    items = "".join(
        f"<item><instanceId>{id}</instanceId><monitoring><state>{instance.monitoring['State']}</state></monitoring></item>"
        for id, instance in found
    )
    name = f"{request.operation}Response"
    return xml(f'<{name} xmlns="{_DOC}"><instancesSet>{items}</instancesSet></{name}>')


def _made(answer: Answer, element: str, there: dict[str, Any]) -> list[Any]:
    """moto's resources that an answer names in this element."""
    return [there[id] for id in re.findall(f"<{element}>([^<]+)</{element}>", answer[2].decode()) if id in there]
