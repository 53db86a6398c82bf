"""What takes a moment on AWS: the states on the way, what is refused until it is done, and the waiters."""

from typing import Any

from botocore.exceptions import ClientError

from fidelity.rows.storage import QUICKLY, attach, machine, mapped, ready, ready_copy, root, status, volume
from fidelity.table import NO_ANSWER, Lab, Row, until

ZONE = "us-east-1a"


def told(call: Any, **words: Any) -> str:
    """ "done", or the code of the error."""
    try:
        call(**words)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


def new_volume(lab: Lab) -> str:
    """A volume that is being created."""
    return str(lab.ec2.create_volume(AvailabilityZone=ZONE, Size=8)["VolumeId"])


def attachment(lab: Lab, id: str) -> str:
    found = lab.ec2.describe_volumes(VolumeIds=[id])["Volumes"][0]["Attachments"]
    return str(found[0]["State"]) if found else "none"


def detaching(lab: Lab) -> tuple[str, str]:
    """A volume that is being detached, and the instance that it leaves."""
    instance = machine(lab)
    id = attach(lab, instance)
    lab.ec2.detach_volume(VolumeId=id, InstanceId=instance)
    return id, instance


# --- volumes ----------------------------------------------------------------------------------------------------------


def creating(lab: Lab) -> list[str]:
    """What is done with a volume that is being created: attach, delete, snapshot, modify; and what it is then."""
    instance, id = machine(lab), new_volume(lab)
    found = [
        told(lab.ec2.attach_volume, VolumeId=id, InstanceId=instance, Device="/dev/sdf"),
        told(lab.ec2.delete_volume, VolumeId=id),
    ]
    id = new_volume(lab)
    found += [told(lab.ec2.create_snapshot, VolumeId=id), told(lab.ec2.modify_volume, VolumeId=id, Size=9)]
    return [*found, status(lab, id), status(lab, ready(lab, id))]


def attaching(lab: Lab) -> list[str]:
    """The states of a volume and its attachment, in the answer, at the next look, and at last."""
    instance, id = machine(lab), volume(lab)
    said = lab.ec2.attach_volume(VolumeId=id, InstanceId=instance, Device="/dev/sdf")["State"]
    seen = [said, status(lab, id), attachment(lab, id)]
    return [*seen, until(lambda: attachment(lab, id), "attached"), status(lab, id)]


def states_of_detaching(lab: Lab) -> list[str]:
    id, instance = detaching(lab)
    seen = [status(lab, id), attachment(lab, id), str("/dev/sdf" in mapped(lab, instance))]
    return [*seen, status(lab, ready(lab, id)), attachment(lab, id), str("/dev/sdf" in mapped(lab, instance))]


def while_detaching(lab: Lab, what: str) -> str:
    """What comes of the next call, without a waiter."""
    id, instance = detaching(lab)
    if what == "delete":
        return told(lab.ec2.delete_volume, VolumeId=id)
    if what == "attach":
        return told(lab.ec2.attach_volume, VolumeId=id, InstanceId=instance, Device="/dev/sdg")
    other = volume(lab) if what == "its device" else ""
    if other:  # that took a while: detach once more
        ready(lab, id)
        attach(lab, instance, id)
        lab.ec2.detach_volume(VolumeId=id, InstanceId=instance)
        return told(lab.ec2.attach_volume, VolumeId=other, InstanceId=instance, Device="/dev/sdf")
    return told(lab.ec2.create_snapshot, VolumeId=id)


def once_detached(lab: Lab) -> list[str]:
    """With the waiter: attach at the same device again, detach, delete."""
    id, instance = detaching(lab)
    found = [told(lab.ec2.attach_volume, VolumeId=ready(lab, id), InstanceId=instance, Device="/dev/sdf")]
    lab.ec2.detach_volume(VolumeId=id)
    return [*found, told(lab.ec2.delete_volume, VolumeId=ready(lab, id))]


def deleting(lab: Lab) -> list[str]:
    """A deleted volume at the next look, what comes of the next call, and of the waiter."""
    id, instance = volume(lab), machine(lab)
    lab.ec2.delete_volume(VolumeId=id)
    found = lab.ec2.describe_volumes(Filters=[{"Name": "volume-id", "Values": [id]}])["Volumes"]
    seen = [v["State"] for v in found]
    seen.append(told(lab.ec2.attach_volume, VolumeId=id, InstanceId=instance, Device="/dev/sdf"))
    lab.ec2.get_waiter("volume_deleted").wait(VolumeIds=[id], WaiterConfig=QUICKLY)
    return [*seen, told(lab.ec2.describe_volumes, VolumeIds=[id])]


def root_while_it_ends(lab: Lab) -> list[str]:
    """The root volume right after TerminateInstances, and once the instance is terminated."""
    instance = machine(lab)
    id = root(lab, instance)
    lab.ec2.terminate_instances(InstanceIds=[instance])
    seen = [status(lab, id), told(lab.ec2.delete_volume, VolumeId=id)]
    lab.wait("instance_terminated", [instance])
    return [*seen, told(lab.ec2.describe_volumes, VolumeIds=[id])]


def modifications(lab: Lab) -> list[str]:
    id = volume(lab)
    seen = [lab.ec2.modify_volume(VolumeId=id, Size=9)["VolumeModification"]["ModificationState"]]
    seen.append(told(lab.ec2.modify_volume, VolumeId=id, Size=10))

    def state() -> str:
        return str(
            lab.ec2.describe_volumes_modifications(VolumeIds=[id])["VolumesModifications"][0]["ModificationState"]
        )

    return [*seen, until(state, "completed"), told(lab.ec2.modify_volume, VolumeId=id, Size=10)]


# --- snapshots --------------------------------------------------------------------------------------------------------


def state_of_copy(lab: Lab, id: str) -> tuple[str, str]:
    found = lab.ec2.describe_snapshots(SnapshotIds=[id])["Snapshots"][0]
    return found["State"], found["Progress"]


def pending_copy(lab: Lab) -> list[Any]:
    id = lab.ec2.create_snapshot(VolumeId=volume(lab))["SnapshotId"]
    seen = [state_of_copy(lab, id), told(lab.ec2.create_volume, AvailabilityZone=ZONE, SnapshotId=id)]
    lab.ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[id], WaiterConfig=QUICKLY)
    return [*seen, state_of_copy(lab, id), told(lab.ec2.create_volume, AvailabilityZone=ZONE, SnapshotId=id)]


def copied_copy(lab: Lab) -> list[Any]:
    """A copy of a snapshot is pending, too."""
    first = ready_copy(lab, VolumeId=volume(lab))
    second = lab.ec2.copy_snapshot(SourceSnapshotId=first, SourceRegion="us-east-1")["SnapshotId"]
    return [state_of_copy(lab, second)[0], until(lambda: state_of_copy(lab, second)[0], "completed")]


def copies_of_an_image(lab: Lab) -> list[Any]:
    image = lab.ec2.create_image(InstanceId=lab.launch()[0], Name=lab.name())["ImageId"]

    def state() -> tuple[str, str]:
        found = lab.ec2.describe_images(ImageIds=[image])["Images"][0]
        return found["State"], state_of_copy(lab, found["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"])[0]

    seen = state()
    lab.ec2.get_waiter("image_available").wait(ImageIds=[image], WaiterConfig=QUICKLY)
    return [seen, until(state, ("available", "completed"))]


# --- instances --------------------------------------------------------------------------------------------------------


def checks(lab: Lab) -> list[str]:
    """An instance's checks right when it runs, and in the end."""
    id = lab.launch()[0]

    def state() -> str:
        return str(
            lab.ec2.describe_instance_status(InstanceIds=[id])["InstanceStatuses"][0]["InstanceStatus"]["Status"]
        )

    first = state()
    lab.ec2.get_waiter("instance_status_ok").wait(InstanceIds=[id], WaiterConfig=QUICKLY)
    return [first, state()]


def unmonitored(lab: Lab) -> list[str]:
    ids = lab.launch(Monitoring={"Enabled": True})

    def state() -> str:
        found = lab.ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]
        return str(found["Monitoring"]["State"])

    said = lab.ec2.unmonitor_instances(InstanceIds=ids)["InstanceMonitorings"][0]["Monitoring"]["State"]
    return [said, state(), until(state, "disabled")]


# --- networks ---------------------------------------------------------------------------------------------------------


def subnet(lab: Lab) -> str:
    zone = [{"Name": "availability-zone", "Values": [ZONE]}, {"Name": "default-for-az", "Values": ["true"]}]
    return str(lab.ec2.describe_subnets(Filters=zone)["Subnets"][0]["SubnetId"])


def gateway(lab: Lab) -> list[str]:
    """The states of a NAT gateway, and what comes of releasing its address before and after its end."""
    address = lab.ec2.allocate_address(Domain="vpc")["AllocationId"]
    made = lab.ec2.create_nat_gateway(SubnetId=subnet(lab), AllocationId=address)["NatGateway"]
    id = made["NatGatewayId"]

    def state() -> str:
        return str(lab.ec2.describe_nat_gateways(NatGatewayIds=[id])["NatGateways"][0]["State"])

    seen = [made["State"], state()]
    lab.ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[id], WaiterConfig=QUICKLY)
    seen += [state(), told(lab.ec2.release_address, AllocationId=address)]
    lab.ec2.delete_nat_gateway(NatGatewayId=id)
    seen += [state(), told(lab.ec2.release_address, AllocationId=address)]
    lab.ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[id], WaiterConfig=QUICKLY)
    return [*seen, state(), told(lab.ec2.release_address, AllocationId=address)]


def no_gateway(lab: Lab, id: str) -> list[str]:
    ids = {"NatGatewayIds": [id]}
    return [told(lab.ec2.describe_nat_gateways, **ids), told(lab.ec2.delete_nat_gateway, NatGatewayId=id)]


def card(lab: Lab) -> list[str]:
    """A network interface: new, attached, detached, deleted."""
    instance = machine(lab)
    made = lab.ec2.create_network_interface(SubnetId=subnet(lab))["NetworkInterface"]
    id = made["NetworkInterfaceId"]

    def seen() -> dict[str, Any]:
        found: dict[str, Any] = lab.ec2.describe_network_interfaces(NetworkInterfaceIds=[id])["NetworkInterfaces"][0]
        return found

    states = [made["Status"], until(lambda: seen()["Status"], "available")]
    on = {"InstanceId": instance, "DeviceIndex": 1, "NetworkInterfaceId": id}
    attached = lab.ec2.attach_network_interface(**on)["AttachmentId"]
    states += [
        seen()["Status"],
        seen()["Attachment"]["Status"],
        told(lab.ec2.delete_network_interface, NetworkInterfaceId=id),
    ]
    states.append(until(lambda: seen()["Attachment"]["Status"], "attached"))
    lab.ec2.detach_network_interface(AttachmentId=attached)
    states += [seen()["Status"], told(lab.ec2.delete_network_interface, NetworkInterfaceId=id)]
    lab.ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[id], WaiterConfig=QUICKLY)
    return [*states, told(lab.ec2.delete_network_interface, NetworkInterfaceId=id)]


def first_card(lab: Lab) -> str:
    found = lab.ec2.describe_instances(InstanceIds=[machine(lab)])["Reservations"][0]["Instances"][0]
    return told(
        lab.ec2.detach_network_interface, AttachmentId=found["NetworkInterfaces"][0]["Attachment"]["AttachmentId"]
    )


def network(lab: Lab) -> list[str]:
    """The states of a VPC and a subnet, in the answers and after waiting."""
    ec2 = lab.client("ec2", "eu-west-3")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    part = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.1.0/24")["Subnet"]
    ec2.get_waiter("vpc_available").wait(VpcIds=[vpc["VpcId"]], WaiterConfig=QUICKLY)
    ec2.get_waiter("subnet_available").wait(SubnetIds=[part["SubnetId"]], WaiterConfig=QUICKLY)
    ec2.delete_subnet(SubnetId=part["SubnetId"])
    ec2.delete_vpc(VpcId=vpc["VpcId"])
    return [vpc["State"], part["State"]]


def endpoint(lab: Lab, kind: str) -> list[str]:
    """The states of an endpoint, new and deleted."""
    words = {"VpcId": lab.ec2.describe_vpcs()["Vpcs"][0]["VpcId"], "VpcEndpointType": kind}
    service = "s3" if kind == "Gateway" else "ec2"
    made = lab.ec2.create_vpc_endpoint(ServiceName=f"com.amazonaws.us-east-1.{service}", **words)["VpcEndpoint"]
    id = made["VpcEndpointId"]

    def state() -> str:
        return str(lab.ec2.describe_vpc_endpoints(VpcEndpointIds=[id])["VpcEndpoints"][0]["State"])

    seen = [made["State"], until(state, "available")]
    lab.ec2.delete_vpc_endpoints(VpcEndpointIds=[id])
    return [*seen, state()]


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str) -> Row:
    return Row(number, "ec2", what, call, aws, stock, source)


ROWS = [
    row(301, "a volume that is being created: attach, delete, snapshot, modify; its state, and after waiting",
        creating, [*["IncorrectState"] * 4, "creating", "available"],
        ["done", "VolumeInUse", "done", "done", "available", "available"], "EC, M"),
    row(300, "attach_volume: volume and attachment in the answer, at the next look, and at last", attaching,
        ["attaching", "in-use", "attaching", "attached", "in-use"],
        ["attaching", "in-use", "attached", "attached", "in-use"], "M"),
    row(300, "detach_volume: volume, attachment and mapping at the next look, and after waiting", states_of_detaching,
        ["in-use", "detaching", "True", "available", "none", "False"],
        ["available", "none", "False", "available", "none", "False"], "M, UG"),
    row(300, "delete_volume while it is detaching", lambda lab: while_detaching(lab, "delete"),
        "VolumeInUse", "done", "EC, M"),
    row(300, "attach_volume while it is detaching", lambda lab: while_detaching(lab, "attach"),
        "VolumeInUse", "done", "EC"),
    row(300, "attach_volume where another is detaching", lambda lab: while_detaching(lab, "its device"),
        "InvalidParameterValue", "done", "Q"),
    row(300, "create_snapshot while it is detaching", lambda lab: while_detaching(lab, "snapshot"),
        "done", "done", "M"),
    row(300, "attach_volume and delete_volume once it is detached", once_detached, ["done"] * 2, NO_ANSWER, "M"),
    row(300, "delete_volume: listed as deleting, attached again, waited for", deleting,
        ["deleting", "IncorrectState", "InvalidVolume.NotFound"],
        ["InvalidVolume.NotFound", "InvalidVolume.NotFound"], "M, UG"),
    row(300, "the root volume of an instance that is shutting down, and then is terminated", root_while_it_ends,
        ["in-use", "VolumeInUse", "InvalidVolume.NotFound"], "error InvalidVolume.NotFound", "U"),
    row(302, "modify_volume, and once more at once, and when it is completed", modifications,
        ["modifying", "IncorrectModificationState", "completed", "done"],
        ["completed", "done", "completed", "done"], "M, EC"),
    row(111, "a pending snapshot: its state, a volume of it; and when it is complete", pending_copy,
        [("pending", "0%"), "IncorrectState", ("completed", "100%"), "done"],
        [("completed", "100%"), "done", ("completed", "100%"), "done"], "Q, M"),
    row(111, "copy_snapshot: the copy's states", copied_copy, ["pending", "completed"], ["completed"] * 2, "M"),
    row(111, "the snapshot of an image is pending as long as that is", copies_of_an_image,
        [("pending", "pending"), ("available", "completed")],
        [("available", "completed"), ("available", "completed")], "M"),
    row(304, "describe_instance_status: checks begin when the instance runs", checks,
        ["initializing", "ok"], ["ok", "ok"], "UG"),
    row(304, "unmonitor_instances: in the answer, at the next look, and at last", unmonitored,
        ["disabling", "disabling", "disabled"], NO_ANSWER, "M"),
    row(303, "a NAT gateway's states, and release_address in each", gateway,
        ["pending", "pending", "available", "InvalidIPAddress.InUse", "deleting", "InvalidIPAddress.InUse",
         "deleted", "done"],
        ["available", "available", "available", "done", "deleted", "InvalidAllocationID.NotFound", "deleted",
         "InvalidAllocationID.NotFound"], "M, UG"),
    row(306, "a NAT gateway that is not there: describe and delete",
        lambda lab: no_gateway(lab, "nat-0123456789abcdef0"), ["NatGatewayNotFound"] * 2, NO_ANSWER, "EC"),
    row(306, "a NAT gateway whose id is none: describe and delete", lambda lab: no_gateway(lab, "nat-x"),
        ["NatGatewayMalformed"] * 2, NO_ANSWER, "EC"),
    row(303, "a network interface's states, with delete_network_interface in each", card,
        ["pending", "available", "in-use", "attaching", "InvalidParameterValue", "attached", "in-use",
         "InvalidParameterValue", "done"], "error InvalidNetworkInterfaceID.NotFound", "EC, M"),
    row(305, "detach_network_interface: an instance's first one", first_card,
        "OperationNotPermitted", "OperationNotPermitted", "EC"),
    row(303, "the answers of create_vpc and create_subnet", network, ["pending"] * 2, ["available"] * 2, "M"),
    row(303, "an endpoint that is an interface: new and deleted", lambda lab: endpoint(lab, "Interface"),
        ["pending", "available", "deleting"], ["available", "available", "deleted"], "M"),
    row(303, "an endpoint that is a gateway: new and deleted", lambda lab: endpoint(lab, "Gateway"),
        ["available", "available", "deleting"], ["available", "available", "deleted"], "M"),
]  # fmt: skip
