"""Client tokens, dry runs, and protection against termination."""

from typing import Any

from fidelity.rows.launching import ABSENT, launched, run
from fidelity.table import Lab, Row


def twice(lab: Lab, ended: bool = False, **other: Any) -> bool:
    """Launch twice with one token, the second time with `other` words: whether both answers tell of one instance."""
    token = lab.name("token")
    (first,) = [i["InstanceId"] for i in run(lab, ClientToken=token)]
    if ended:
        end(lab, first)
    (second,) = [i["InstanceId"] for i in run(lab, ClientToken=token, **other)]
    return first == second


def end(lab: Lab, *ids: str) -> None:
    lab.ec2.terminate_instances(InstanceIds=list(ids))
    lab.wait("instance_terminated", list(ids))


def replay(lab: Lab) -> tuple[bool, ...]:
    """Whether the second answer to a launch of two tells what the first does."""
    words = {"ClientToken": lab.name("token"), "MinCount": 2, "MaxCount": 2, "ImageId": lab.image}
    tags = [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}]}]
    words |= {"InstanceType": "t3.micro", "TagSpecifications": tags}
    first, second = lab.ec2.run_instances(**words), lab.ec2.run_instances(**words)
    same = [first[name] == second[name] for name in ("ReservationId", "OwnerId")]
    both = [{i["InstanceId"]: (i["PrivateIpAddress"], i["Tags"]) for i in r["Instances"]} for r in (first, second)]
    return (*same, both[0] == both[1])


def other_token(lab: Lab) -> bool:
    ids = {run(lab, ClientToken=lab.name("token"))[0]["InstanceId"] for _ in range(2)}
    return len(ids) == 2


def token_of_a_failed_launch(lab: Lab) -> str:
    """A launch that failed may be asked for again."""
    token, name = lab.name("token"), lab.name("key")
    try:
        run(lab, ClientToken=token, KeyName=name)
    except lab.ec2.exceptions.ClientError:
        lab.ec2.create_key_pair(KeyName=name)
    return launched(lab, ClientToken=token, KeyName=name)


def token_of_a_dry_run(lab: Lab) -> str:
    token = lab.name("token")
    try:
        run(lab, ClientToken=token, DryRun=True)
    except lab.ec2.exceptions.ClientError:
        return launched(lab, ClientToken=token)
    return "no dry run"


def state(lab: Lab, id: str) -> str:
    """The state that an instance is in, or is on its way to."""
    return {"shutting-down": "terminated", "pending": "running"}.get(lab.state(id), lab.state(id))


def zoned(lab: Lab, zone: str, **words: Any) -> str:
    return lab.launch(Placement={"AvailabilityZone": zone}, **words)[0]


def protected(lab: Lab) -> tuple[bool, Any]:
    """Launch with protection: what the attribute says, and what becomes of the instance."""
    id = zoned(lab, "us-east-1a", DisableApiTermination=True)
    words = {"InstanceId": id, "Attribute": "disableApiTermination"}
    said = lab.ec2.describe_instance_attribute(**words)["DisableApiTermination"]["Value"]
    return said, after_terminate(lab, id)[1:]


def after_terminate(lab: Lab, *ids: str) -> tuple[str, ...]:
    """Terminate: the error, and what the instances are then."""
    error = "no error"
    try:
        lab.ec2.terminate_instances(InstanceIds=list(ids))
    except lab.ec2.exceptions.ClientError as raised:
        error = raised.response["Error"]["Code"]
    return (error, *(state(lab, id) for id in ids))


def protected_later(lab: Lab) -> tuple[str, ...]:
    id = zoned(lab, "us-east-1a")
    lab.ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": True})
    return after_terminate(lab, id)


def protection_taken_off(lab: Lab) -> tuple[str, ...]:
    id = zoned(lab, "us-east-1a", DisableApiTermination=True)
    lab.ec2.modify_instance_attribute(InstanceId=id, DisableApiTermination={"Value": False})
    return after_terminate(lab, id)


def batch(lab: Lab, zone: str) -> tuple[str, ...]:
    """Terminate one instance of a zone, and a protected one of us-east-1a."""
    first, last = zoned(lab, zone), zoned(lab, "us-east-1a")
    lab.ec2.modify_instance_attribute(InstanceId=last, DisableApiTermination={"Value": True})
    return after_terminate(lab, first, last)


def with_a_missing_one(lab: Lab) -> str:
    id = lab.launch()[0]
    try:
        lab.ec2.terminate_instances(InstanceIds=[id, f"i-{ABSENT}"])
    except lab.ec2.exceptions.ClientError as error:
        return f"{error.response['Error']['Code']}, {lab.state(id)}"
    return "terminated"


def ended_twice(lab: Lab, **words: Any) -> tuple[str, str]:
    """Terminate what is terminated: the states of the answer."""
    id = lab.launch(**words)[0]
    end(lab, id)
    told = lab.ec2.terminate_instances(InstanceIds=[id])["TerminatingInstances"][0]
    return told["PreviousState"]["Name"], told["CurrentState"]["Name"]


def dry(lab: Lab, operation: str, **words: Any) -> str:
    getattr(lab.ec2, operation)(DryRun=True, **words)
    return "done"


def dry_status(lab: Lab) -> int:
    try:
        run(lab, DryRun=True)
    except lab.ec2.exceptions.ClientError as error:
        return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
    return 0


def dry_on_instance(lab: Lab, operation: str) -> str:
    """A dry run, and the instance's state."""
    id = lab.launch()[0]
    words = {"Resources": [id], "Tags": [{"Key": "a", "Value": "b"}]}
    try:
        dry(lab, operation, **(words if operation == "create_tags" else {"InstanceIds": [id]}))
    except lab.ec2.exceptions.ClientError as error:
        return f"{error.response['Error']['Code']}, {lab.state(id)}"
    return "done"


def dry_vpc(lab: Lab) -> str:
    return dry(lab, "create_vpc", CidrBlock="10.77.0.0/16")


DRY = "error DryRunOperation"
RAN = "DryRunOperation, running"
SAFE = ("OperationNotPermitted", "running", "running")
CARD = {"DeviceIndex": 0, "DeleteOnTermination": True}

ROWS = [
    # --- tokens -------------------------------------------------------------------------------------------------------
    Row(26, "ec2", "the same ClientToken twice: one instance", twice, True, False, "M"),
    Row(
        26,
        "ec2",
        "what the second answer to a ClientToken tells",
        replay,
        (True, True, True),
        (False, True, False),
        "M",
    ),
    Row(26, "ec2", "another ClientToken: another instance", other_token, True, True, "M"),
    Row(
        27,
        "ec2",
        "the same ClientToken with other arguments",
        lambda lab: twice(lab, InstanceType="t3.small"),
        "error IdempotentParameterMismatch",
        False,
        "EC",
    ),
    Row(
        27,
        "ec2",
        "the same ClientToken when the instance is terminated",
        lambda lab: twice(lab, ended=True),
        "error IdempotentInstanceTerminated",
        False,
        "EC",
    ),
    Row(26, "ec2", "the ClientToken of a launch that failed", token_of_a_failed_launch, "launched", "launched", "U"),
    Row(26, "ec2", "the ClientToken of a dry run", token_of_a_dry_run, "launched", "launched", "U"),
    # --- dry runs -----------------------------------------------------------------------------------------------------
    Row(28, "ec2", "run_instances(DryRun=True)", lambda lab: launched(lab, DryRun=True), DRY, DRY, "M"),
    Row(28, "ec2", "the HTTP status of a dry run", dry_status, 412, 412, "M"),
    Row(
        28,
        "ec2",
        "stop_instances(DryRun=True)",
        lambda lab: dry_on_instance(lab, "stop_instances"),
        RAN,
        RAN,
        "M",
    ),
    Row(
        28,
        "ec2",
        "terminate_instances(DryRun=True)",
        lambda lab: dry_on_instance(lab, "terminate_instances"),
        RAN,
        RAN,
        "M",
    ),
    Row(28, "ec2", "create_tags(DryRun=True)", lambda lab: dry_on_instance(lab, "create_tags"), RAN, RAN, "M"),
    Row(
        28,
        "ec2",
        "create_key_pair(DryRun=True)",
        lambda lab: dry(lab, "create_key_pair", KeyName=lab.name()),
        DRY,
        DRY,
        "M",
    ),
    Row(28, "ec2", "describe_instances(DryRun=True)", lambda lab: dry(lab, "describe_instances"), DRY, DRY, "M"),
    Row(
        29,
        "ec2",
        "a dry run with an image that is not there",
        lambda lab: launched(lab, DryRun=True, ImageId=f"ami-{ABSENT}"),
        "error InvalidAMIID.NotFound",
        DRY,
        "U",
    ),
    Row(
        29,
        "ec2",
        "a dry run with a key pair that is not there",
        lambda lab: launched(lab, DryRun=True, KeyName="nope"),
        "error InvalidKeyPair.NotFound",
        DRY,
        "U",
    ),
    Row(
        29,
        "ec2",
        "a dry run of terminate_instances, of an id that is not there",
        lambda lab: dry(lab, "terminate_instances", InstanceIds=[f"i-{ABSENT}"]),
        "error InvalidInstanceID.NotFound",
        DRY,
        "U",
    ),
    Row(30, "ec2", "describe_volumes(DryRun=True)", lambda lab: dry(lab, "describe_volumes"), DRY, "done", "M"),
    Row(
        30,
        "ec2",
        "describe_instance_types(DryRun=True)",
        lambda lab: dry(lab, "describe_instance_types", InstanceTypes=["t3.micro"]),
        DRY,
        "done",
        "M",
    ),
    Row(30, "ec2", "create_vpc(DryRun=True)", dry_vpc, DRY, "done", "M"),
    # --- protection ---------------------------------------------------------------------------------------------------
    Row(
        31, "ec2", "DisableApiTermination at the launch", protected, (True, ("running",)), (False, ("terminated",)), "M"
    ),
    Row(
        32,
        "ec2",
        "protection by modify_instance_attribute",
        protected_later,
        ("OperationNotPermitted", "running"),
        ("OperationNotPermitted", "running"),
        "M",
    ),
    Row(
        32,
        "ec2",
        "protection taken off again",
        protection_taken_off,
        ("no error", "terminated"),
        ("no error", "terminated"),
        "M",
    ),
    Row(
        33,
        "ec2",
        "terminate_instances with a protected one of the same zone",
        lambda lab: batch(lab, "us-east-1a"),
        SAFE,
        ("OperationNotPermitted", "terminated", "running"),
        "M",
    ),
    Row(
        33,
        "ec2",
        "terminate_instances with a protected one of another zone",
        lambda lab: batch(lab, "us-east-1b"),
        ("OperationNotPermitted", "terminated", "running"),
        ("OperationNotPermitted", "terminated", "running"),
        "M",
    ),
    Row(
        34,
        "ec2",
        "terminate_instances with an id that is not there",
        with_a_missing_one,
        "InvalidInstanceID.NotFound, running",
        "InvalidInstanceID.NotFound, running",
        "M",
    ),
    Row(
        35,
        "ec2",
        "terminate what is terminated",
        ended_twice,
        ("terminated", "terminated"),
        ("terminated", "shutting-down"),
        "U",
    ),
    Row(
        35,
        "ec2",
        "terminate what is terminated, and its interface with it",
        lambda lab: ended_twice(lab, NetworkInterfaces=[CARD]),
        ("terminated", "terminated"),
        "error InvalidNetworkInterfaceID.NotFound",
        "U",
    ),
]
