"""Instances that are there: which state follows which, and what is told of them."""

from typing import Any

from botocore.exceptions import WaiterError

from fidelity.rows.launching import run
from fidelity.table import NO_ANSWER, Lab, Row
from fidelity.waits import pause

ABSENT = "i-0123456789abcdef0"
BEGIN = {"stopped": "stop_instances", "terminated": "terminate_instances"}


def described(lab: Lab, id: str) -> dict[str, Any]:
    return dict(lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0])


def resting(lab: Lab, state: str) -> str:
    """A new instance in that state, reached."""
    id = lab.launch()[0]
    if state != "running":
        getattr(lab.ec2, BEGIN[state])(InstanceIds=[id])
        lab.wait(f"instance_{state}", [id])
    return id


def changed(lab: Lab, state: str, change: str) -> str:
    """The state into which a change brings an instance, after a while."""
    id = resting(lab, state)
    getattr(lab.ec2, f"{change}_instances")(InstanceIds=[id])
    while lab.state(id) in ("pending", "stopping", "shutting-down"):
        pause()
    return lab.state(id)


def stopped_at_once(lab: Lab) -> str:
    lab.ec2.stop_instances(InstanceIds=lab.launch(running=False))
    return "stopped"


def started_while_stopping(lab: Lab) -> str:
    id = resting(lab, "running")
    lab.ec2.stop_instances(InstanceIds=[id])
    lab.ec2.start_instances(InstanceIds=[id])
    return "started"


def told(lab: Lab, state: str, change: str) -> tuple[str, str]:
    """The state before and now, as the answer to a change tells them."""
    answer = getattr(lab.ec2, f"{change}_instances")(InstanceIds=[resting(lab, state)])
    (item,) = next(value for name, value in answer.items() if name.endswith("Instances"))
    return item["PreviousState"]["Name"], item["CurrentState"]["Name"]


def seen(lab: Lab) -> list[str]:
    """What a look right after a launch, a stop, a start and an end tells."""
    id = lab.launch(running=False)[0]
    found = [lab.state(id)]
    lab.wait("instance_running", [id])
    for change in ("stop", "start", "terminate"):
        getattr(lab.ec2, f"{change}_instances")(InstanceIds=[id])
        found.append(lab.state(id))
        lab.wait("instance_stopped" if change == "stop" else "instance_exists", [id])
        if change == "start":
            lab.wait("instance_running", [id])
    return found


def waited(lab: Lab) -> str:
    """State after botocore's waiter."""
    return lab.state(lab.launch()[0])


def waited_in_vain(lab: Lab) -> str:
    try:
        waiter = lab.ec2.get_waiter("instance_running")
        waiter.wait(InstanceIds=[ABSENT], WaiterConfig={"Delay": 0.05, "MaxAttempts": 3})
    except WaiterError as error:
        return str(error.kwargs["reason"]).partition(".")[0]
    return "running"


def twice(lab: Lab) -> int:
    id = lab.launch(running=False)[0]
    return sum(len(r["Instances"]) for r in lab.ec2.describe_instances(InstanceIds=[id, id])["Reservations"])


def found_by(lab: Lab, name: str, *values: str, **words: Any) -> bool:
    """Whether a filter finds a new instance that is launched with `words`; {id} stands for its id."""
    id = lab.launch(running=False, **words)[0]
    filters = [{"Name": name, "Values": [value.format(id=id) for value in values]}]
    pages = lab.ec2.get_paginator("describe_instances").paginate(Filters=filters)
    return id in [i["InstanceId"] for page in pages for r in page["Reservations"] for i in r["Instances"]]


def found_by_its(lab: Lab, name: str, read: Any) -> bool:
    """Whether a filter finds an instance by what is told of it."""
    id = lab.launch()[0]
    filters = [{"Name": name, "Values": [read(described(lab, id))]}]
    found = lab.ec2.describe_instances(Filters=filters)["Reservations"]
    return [i["InstanceId"] for r in found for i in r["Instances"]] == [id]


def paged(lab: Lab, size: int) -> list[bool]:
    """Of seven instances, launched one by one, in pages: whether each page is full or the last, and all are there."""
    name = lab.name()
    words = [{"ResourceType": "instance", "Tags": [{"Key": "row", "Value": name}]}]
    for _ in range(7):
        lab.launch(running=False, TagSpecifications=words)
    filters, sizes = [{"Name": "tag:row", "Values": [name]}], []
    for page in lab.ec2.get_paginator("describe_instances").paginate(Filters=filters, MaxResults=size):
        sizes.append(len(page["Reservations"]))
    return sizes


def pages(lab: Lab, operation: str, items: str, **words: Any) -> bool:
    """Whether an answer comes in pages of five, which together hold what there is."""
    every = lab.ec2.get_paginator(operation).paginate(PaginationConfig={"PageSize": 5}, **words)
    sizes = [len(page[items]) for page in every]
    whole = len(getattr(lab.ec2, operation)(**words)[items])
    return sizes[0] == 5 and all(size <= 5 for size in sizes) and sum(sizes) == whole


def all_in_pages(lab: Lab, operation: str, **words: Any) -> tuple[bool, list[int]]:
    """Whether pages hold many different items, and the sizes of the first two."""
    found: list[str] = []
    sizes: list[int] = []
    token: dict[str, str] | None = {}
    while token is not None:
        page = getattr(lab.ec2, operation)(**words, **token)
        items = next(value for value in page.values() if isinstance(value, list))
        found += [str(sorted(item.items(), key=str)) for item in items]
        sizes.append(len(items))
        token = {"NextToken": page["NextToken"]} if page.get("NextToken") else None
    return len(set(found)) == len(found) > 1000, sizes[:2]


def volumes(lab: Lab) -> dict[str, Any]:
    """A filter for seven new volumes."""
    name = lab.name()
    words = [{"ResourceType": "volume", "Tags": [{"Key": "row", "Value": name}]}]
    for _ in range(7):
        lab.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, TagSpecifications=words)
    return {"Filters": [{"Name": "tag:row", "Values": [name]}]}


def typed(lab: Lab, state: str, kind: str) -> str:
    """The type of an instance after a change of it."""
    id = resting(lab, state)
    lab.ec2.modify_instance_attribute(InstanceId=id, InstanceType={"Value": kind})
    return str(described(lab, id)["InstanceType"])


def modified(lab: Lab, **words: Any) -> list[str]:
    """The names of a stopped instance's groups after a change."""
    id = resting(lab, "stopped")
    lab.ec2.modify_instance_attribute(InstanceId=id, **words)
    return [group["GroupName"] for group in described(lab, id)["SecurityGroups"]]


def new_address(lab: Lab) -> tuple[bool, bool]:
    """Whether a stopped instance has no public address, and whether it has another one when it runs again."""
    id = resting(lab, "running")
    first = described(lab, id)["PublicIpAddress"]
    lab.ec2.stop_instances(InstanceIds=[id])
    lab.wait("instance_stopped", [id])
    at_rest = described(lab, id).get("PublicIpAddress")
    lab.ec2.start_instances(InstanceIds=[id])
    lab.wait("instance_running", [id])
    return at_rest is None, described(lab, id)["PublicIpAddress"] != first


def started_again(lab: Lab) -> bool:
    """Whether a running instance that is started keeps its address."""
    id = resting(lab, "running")
    first = described(lab, id)["PublicIpAddress"]
    lab.ec2.start_instances(InstanceIds=[id])
    return bool(described(lab, id)["PublicIpAddress"] == first)


def left(lab: Lab) -> list[str]:
    """What is still told of a terminated instance's network."""
    found = described(lab, resting(lab, "terminated"))
    names = ("PrivateIpAddress", "PublicIpAddress", "VpcId", "SubnetId", "NetworkInterfaces", "SecurityGroups")
    return [name for name in names if found.get(name)]


def interface_left(lab: Lab) -> int:
    """How many interfaces there still are of an instance that was terminated."""
    id = resting(lab, "running")
    nic = described(lab, id)["NetworkInterfaces"][0]["NetworkInterfaceId"]
    lab.ec2.terminate_instances(InstanceIds=[id])
    lab.wait("instance_terminated", [id])
    return len(
        lab.ec2.describe_network_interfaces(Filters=[{"Name": "network-interface-id", "Values": [nic]}])[
            "NetworkInterfaces"
        ]
    )


def spared(lab: Lab) -> str:
    """What an interface of one's own is after its instance was terminated."""
    subnet = lab.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"][0]
    nic = lab.ec2.create_network_interface(SubnetId=subnet["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
    id = run(lab, NetworkInterfaces=[{"DeviceIndex": 0, "NetworkInterfaceId": nic}])[0]["InstanceId"]
    lab.wait("instance_running", [id])
    lab.ec2.terminate_instances(InstanceIds=[id])
    lab.wait("instance_terminated", [id])
    found = lab.ec2.describe_network_interfaces(NetworkInterfaceIds=[nic])["NetworkInterfaces"]
    return str(found[0]["Status"])


def metadata_kept(lab: Lab) -> str:
    """Whether metadata still wants a token after another option was changed."""
    id = lab.launch(MetadataOptions={"HttpTokens": "required"})[0]
    lab.ec2.modify_instance_metadata_options(InstanceId=id, HttpPutResponseHopLimit=3)
    return str(described(lab, id)["MetadataOptions"].get("HttpTokens"))


def elsewhere(lab: Lab) -> int:
    """How many instances of this region another one lists."""
    id = lab.launch(running=False)[0]
    found = lab.client("ec2", "eu-west-1").describe_instances()["Reservations"]
    return sum(i["InstanceId"] == id for r in found for i in r["Instances"])


def ended_elsewhere(lab: Lab) -> str:
    lab.client("ec2", "eu-west-1").terminate_instances(InstanceIds=lab.launch(running=False))
    return "terminated"


def status_by(lab: Lab, name: str, value: str) -> bool:
    """Whether a filter of statuses finds an instance that runs."""
    id = resting(lab, "running")
    found = lab.ec2.describe_instance_status(Filters=[{"Name": name, "Values": [value]}])["InstanceStatuses"]
    return id in [status["InstanceId"] for status in found]


STATE, MALFORMED = "error IncorrectInstanceState", "error InvalidInstanceID.Malformed"
NONE, COMBINATION = "error InvalidInstanceID.NotFound", "error InvalidParameterCombination"
VALUE = "error InvalidParameterValue"


def row(number: int, what: str, call: Any, aws: Any, stock: Any, source: str) -> Row:
    return Row(number, "ec2", what, call, aws, stock, source)


ROWS = [
    # --- states -------------------------------------------------------------------------------------------------------
    row(
        36,
        "start_instances on a terminated instance",
        lambda lab: changed(lab, "terminated", "start"),
        STATE,
        "running",
        "GH canonical/ubuntu-pro-client#1697",
    ),
    row(36, "start_instances on an instance that is stopping", started_while_stopping, STATE, "started", "U"),
    row(
        37,
        "stop_instances on a terminated instance",
        lambda lab: changed(lab, "terminated", "stop"),
        STATE,
        "stopped",
        "Q",
    ),
    row(
        38,
        "reboot_instances on a terminated instance",
        lambda lab: changed(lab, "terminated", "reboot"),
        "terminated",
        "running",
        "M",
    ),
    row(
        39,
        "reboot_instances on a stopped instance",
        lambda lab: changed(lab, "stopped", "reboot"),
        STATE,
        "running",
        "U",
    ),
    row(
        0,
        "reboot_instances on a running instance",
        lambda lab: changed(lab, "running", "reboot"),
        "running",
        "running",
        "M",
    ),
    row(
        40, "stop_instances on an instance that never ran", stopped_at_once, STATE, "stopped", "GH cloud-custodian#6014"
    ),
    row(
        41,
        "stop a stopped instance: what the answer tells",
        lambda lab: told(lab, "stopped", "stop"),
        ("stopped", "stopped"),
        ("stopped", "stopping"),
        "U",
    ),
    row(
        41,
        "start a running instance: what the answer tells",
        lambda lab: told(lab, "running", "start"),
        ("running", "running"),
        ("running", "pending"),
        "U",
    ),
    row(41, "start a running instance: its address", started_again, True, False, "U"),
    row(
        42,
        "states seen right after a launch, a stop, a start, an end",
        seen,
        ["pending", "stopping", "pending", "shutting-down"],
        ["running", "stopped", "running", "terminated"],
        "M, U",
    ),
    row(43, "the waiter instance_running", waited, "running", "running", "M"),
    row(
        44,
        "the waiter instance_running, for nobody's id",
        waited_in_vain,
        "Max attempts exceeded",
        "Max attempts exceeded",
        "M",
    ),
    # --- ids ----------------------------------------------------------------------------------------------------------
    row(
        45,
        'terminate_instances(["foo"])',
        lambda lab: lab.ec2.terminate_instances(InstanceIds=["foo"]),
        MALFORMED,
        NONE,
        "EC, Q",
    ),
    row(45, 'describe_instances(["foo"])', lambda lab: described(lab, "foo"), MALFORMED, NONE, "EC, Q"),
    row(
        45,
        'stop_instances(["i-XYZ"])',
        lambda lab: lab.ec2.stop_instances(InstanceIds=["i-XYZ"]),
        MALFORMED,
        NONE,
        "EC, Q",
    ),
    row(
        46,
        "terminate_instances([])",
        lambda lab: lab.ec2.terminate_instances(InstanceIds=[]),
        COMBINATION,
        COMBINATION,
        "EC",
    ),
    row(
        46,
        "stop_instances([])",
        lambda lab: lab.ec2.stop_instances(InstanceIds=[])["StoppingInstances"],
        "error MissingParameter",
        [],
        "U",
    ),
    row(47, "describe_instances on nobody's id", lambda lab: described(lab, ABSENT), NONE, NONE, "EC"),
    row(48, "describe_instances([a, a])", twice, 1, NO_ANSWER, "U"),
    # --- filters ------------------------------------------------------------------------------------------------------
    row(
        49,
        "instances by a filter that there is not",
        lambda lab: found_by(lab, "bogus-filter", "x"),
        VALUE,
        NO_ANSWER,
        "EC",
    ),
    row(
        50, "instances by root-device-type", lambda lab: found_by(lab, "root-device-type", "ebs"), True, NO_ANSWER, "M"
    ),
    row(
        50,
        "instances by platform-details",
        lambda lab: found_by(lab, "platform-details", "Linux/UNIX"),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by metadata-options.http-tokens",
        lambda lab: found_by(lab, "metadata-options.http-tokens", "required", "optional"),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by instance-lifecycle",
        lambda lab: found_by(lab, "instance-lifecycle", "spot"),
        False,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by client-token",
        lambda lab: found_by(lab, "client-token", "row-50", ClientToken="row-50"),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by launch-time",
        lambda lab: (
            found_by_its(lab, "launch-time", lambda i: f"{i['LaunchTime']:%Y-%m-%dT%H:%M:%S.000Z}") in (True, False)
        ),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by block-device-mapping.volume-id",
        lambda lab: found_by_its(
            lab, "block-device-mapping.volume-id", lambda i: i["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
        ),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by network-interface.addresses.association.public-ip",
        lambda lab: found_by_its(
            lab, "network-interface.addresses.association.public-ip", lambda i: i["PublicIpAddress"]
        ),
        True,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "instances by reservation-id that is nobody's",
        lambda lab: found_by(lab, "reservation-id", "r-0123456789abcdef0"),
        False,
        NO_ANSWER,
        "M",
    ),
    row(
        50,
        "statuses by instance-status.status",
        lambda lab: status_by(lab, "instance-status.status", "impaired"),
        False,
        True,
        "M",
    ),
    row(51, "instances by instance-type t3.*", lambda lab: found_by(lab, "instance-type", "t3.*"), True, False, "U"),
    row(
        51,
        "instances by instance-type t?.micro",
        lambda lab: found_by(lab, "instance-type", "t?.micro"),
        True,
        False,
        "U",
    ),
    row(
        52,
        "instances by instance-state-name",
        lambda lab: found_by(lab, "instance-state-name", "pending", "running"),
        True,
        True,
        "M",
    ),
    row(52, "instances by architecture", lambda lab: found_by(lab, "architecture", "x86_64"), True, True, "M"),
    row(
        52,
        "instances by instance-type, in capitals",
        lambda lab: found_by(lab, "instance-type", "T3.MICRO"),
        False,
        False,
        "M",
    ),
    row(
        52,
        "instances by private-ip-address",
        lambda lab: found_by_its(lab, "private-ip-address", lambda i: i["PrivateIpAddress"]),
        True,
        True,
        "M",
    ),
    row(
        52,
        "instances by tag, with a wildcard",
        lambda lab: found_by(
            lab,
            "tag:Name",
            "w*",
            TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}],
        ),
        True,
        True,
        "M",
    ),
    # --- pages --------------------------------------------------------------------------------------------------------
    row(53, "describe_instances(MaxResults=2)", lambda lab: paged(lab, 2), VALUE, [2, 2, 2, 1], "Q"),
    row(53, "describe_instances(MaxResults=5)", lambda lab: paged(lab, 5), [5, 2], [5, 2], "M"),
    row(
        0,
        "describe_instances(MaxResults=5) with ids",
        lambda lab: lab.ec2.describe_instances(MaxResults=5, InstanceIds=lab.launch(running=False)),
        COMBINATION,
        COMBINATION,
        "M",
    ),
    row(
        54, "volumes in pages", lambda lab: pages(lab, "describe_volumes", "Volumes", **volumes(lab)), True, False, "M"
    ),
    row(
        54, "images in pages", lambda lab: pages(lab, "describe_images", "Images", Owners=["amazon"]), True, False, "M"
    ),
    row(54, "snapshots in pages", lambda lab: pages(lab, "describe_snapshots", "Snapshots"), True, False, "M"),
    row(
        54,
        "instance types in pages",
        lambda lab: pages(
            lab, "describe_instance_types", "InstanceTypes", Filters=[{"Name": "instance-type", "Values": ["t3*"]}]
        ),
        True,
        False,
        "M",
    ),
    row(
        54,
        "all instance types, 100 in a page where none is named",
        lambda lab: all_in_pages(lab, "describe_instance_types"),
        (True, [100, 100]),
        (True, [1395]),
        "M",
    ),
    row(
        54,
        "all offers of instance types, 100 in a page",
        lambda lab: all_in_pages(lab, "describe_instance_type_offerings", LocationType="availability-zone"),
        (True, [100, 100]),
        (True, [6436]),
        "GH eksctl#6832",
    ),
    row(
        54,
        "describe_instance_types(MaxResults=101)",
        lambda lab: len(lab.ec2.describe_instance_types(MaxResults=101)["InstanceTypes"]),
        VALUE,
        1395,
        "M",
    ),
    row(
        55,
        'describe_instances(NextToken="zzz")',
        lambda lab: len(lab.ec2.describe_instances(NextToken="zzz")["Reservations"]) > 10**6,
        "error InvalidNextToken",
        NO_ANSWER,
        "EC",
    ),
    # --- attributes ---------------------------------------------------------------------------------------------------
    row(
        63,
        "another type for a running instance",
        lambda lab: typed(lab, "running", "t3.small"),
        STATE,
        "t3.small",
        "Q, EC",
    ),
    row(
        63,
        "another type for a stopped instance",
        lambda lab: typed(lab, "stopped", "t3.small"),
        "t3.small",
        "t3.small",
        "M",
    ),
    row(
        64,
        "a type that there is not for a stopped instance",
        lambda lab: typed(lab, "stopped", "zz.bogus"),
        "error InvalidInstanceAttributeValue",
        "zz.bogus",
        "M",
    ),
    row(
        64,
        "a type for arm64 for a stopped instance of x86_64",
        lambda lab: typed(lab, "stopped", "t4g.micro"),
        VALUE,
        "t4g.micro",
        "U",
    ),
    row(
        254,
        "modify_instance_attribute of an attribute that moto has not",
        lambda lab: modified(lab, InstanceInitiatedShutdownBehavior={"Value": "terminate"}),
        ["default"],
        [],
        "M",
    ),
    row(254, "modify_instance_attribute without an attribute", modified, COMBINATION, [], "U"),
    row(
        254,
        "modify_instance_attribute by an attribute's name",
        lambda lab: modified(lab, Attribute="instanceType", Value="t3.small"),
        ["default"],
        [],
        "M",
    ),
    row(255, "modify_instance_metadata_options leaves the other options", metadata_kept, "required", "None", "M"),
    # --- addresses, and what is left ----------------------------------------------------------------------------------
    row(66, "the public address after a stop and a start", new_address, (True, True), (True, True), "UG"),
    row(
        67,
        "the network of a terminated instance",
        left,
        [],
        ["PrivateIpAddress", "VpcId", "SubnetId", "NetworkInterfaces"],
        "U",
    ),
    row(67, "the interface of a terminated instance", interface_left, 0, 1, "M"),
    row(67, "one's own interface, of a terminated instance", spared, "available", "in-use", "M"),
    row(159, "an instance, seen from another region", elsewhere, 0, 0, "EC"),
    row(159, "an instance, terminated from another region", ended_elsewhere, NONE, NONE, "EC"),
]
