"""Spot requests: what is asked for, when it is fulfilled, and what becomes of it."""

import re
from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row
from fidelity.waits import pause


def asked(lab: Lab, **words: Any) -> dict[str, Any]:
    """A new Spot request for a t3.micro, as the answer tells it; `words` may hold parts of the specification."""
    launch = {"ImageId": lab.image, "InstanceType": "t3.micro"}
    parts = {name: words.pop(name) for name in ("SecurityGroupIds", "Placement", "ImageId", "KeyName") if name in words}
    found = lab.ec2.request_spot_instances(LaunchSpecification={**launch, **parts}, **words)["SpotInstanceRequests"]
    return dict(found[0])


def fleet(lab: Lab) -> str:
    """The id of a new request for a Spot fleet of one machine."""
    wanted = {
        "AllocationStrategy": "lowestPrice",
        "IamFleetRole": "arn:aws:iam::123456789012:role/fleet",
        "LaunchSpecifications": [{"ImageId": lab.image, "InstanceType": "t3.micro"}],
        "SpotPrice": "0.05",
        "TargetCapacity": 1,
    }
    return str(lab.ec2.request_spot_fleet(SpotFleetRequestConfig=wanted)["SpotFleetRequestId"])


def fleets(lab: Lab) -> int:
    """How many requests for fleets are told by the id of one."""
    return len(lab.ec2.describe_spot_fleet_requests(SpotFleetRequestIds=[fleet(lab)])["SpotFleetRequestConfigs"])


def looked_at(lab: Lab, id: str) -> dict[str, Any]:
    found = lab.ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[id])["SpotInstanceRequests"]
    return dict(found[0]) if found else {}


def settled(lab: Lab, id: str) -> dict[str, Any]:
    """The request when it is no longer being evaluated."""
    for _ in range(200):
        found = looked_at(lab, id)
        if found.get("Status", {}).get("Code") != "pending-evaluation":
            return found
        pause()
    raise AssertionError(f"{id} is still being evaluated")


def request(lab: Lab, **words: Any) -> dict[str, Any]:
    """A new Spot request, settled."""
    return settled(lab, asked(lab, **words)["SpotInstanceRequestId"])


def seen(found: dict[str, Any]) -> str:
    """State and status."""
    return f"{found['State']} {found['Status']['Code']}" if found else "absent"


def fulfilled(lab: Lab, **words: Any) -> tuple[str, str]:
    """The ids of a new Spot request and of its instance, which runs."""
    found = request(lab, **words)
    lab.wait("instance_running", [found["InstanceId"]])
    return found["SpotInstanceRequestId"], found["InstanceId"]


def instance(lab: Lab, id: str) -> dict[str, Any]:
    return dict(lab.ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0])


def with_low_price(lab: Lab) -> tuple[str, bool]:
    found = request(lab, SpotPrice="0.0000001")
    return seen(found), "InstanceId" in found


def bought(lab: Lab, **options: Any) -> dict[str, Any]:
    """Launch on the market: the instance of the answer."""
    market = {"MarketType": "spot", "SpotOptions": options}
    words = {"ImageId": lab.image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
    return dict(lab.ec2.run_instances(InstanceMarketOptions=market, **words)["Instances"][0])


def market_request(lab: Lab) -> tuple[str | None, str, bool]:
    """Lifecycle of an instance of the market, its request, and whether it names the request."""
    made = bought(lab, MaxPrice="0.0104")
    id = made.get("SpotInstanceRequestId")
    return made.get("InstanceLifecycle"), seen(looked_at(lab, id)) if id else "absent", id is not None


def after_cancel(lab: Lab) -> tuple[str, str, str]:
    """What the answer says, the request as it is listed, and the instance's state."""
    id, machine = fulfilled(lab)
    (told,) = lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])["CancelledSpotInstanceRequests"]
    return told["State"], seen(looked_at(lab, id)), lab.state(machine)


def after_cancel_and_terminate(lab: Lab) -> str:
    id, machine = fulfilled(lab)
    lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])
    lab.ec2.terminate_instances(InstanceIds=[machine])
    return seen(looked_at(lab, id))


def cancelled_while_open(lab: Lab) -> str:
    id = request(lab, SpotPrice="0.0000001")["SpotInstanceRequestId"]
    lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])
    return seen(looked_at(lab, id))


def cancelled_twice(lab: Lab) -> str:
    id = request(lab)["SpotInstanceRequestId"]
    lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])
    (told,) = lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])["CancelledSpotInstanceRequests"]
    return str(told["State"])


def cancel(lab: Lab, id: str) -> str:
    lab.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[id])
    return "cancelled"


def after_terminate(lab: Lab, kind: str) -> tuple[str, bool]:
    """The request once its instance ends, and whether another instance follows."""
    id, machine = fulfilled(lab, Type=kind)
    lab.ec2.terminate_instances(InstanceIds=[machine])
    now, later = looked_at(lab, id), settled(lab, id)
    return seen(now), later.get("InstanceId", machine) != machine


def after_stop(lab: Lab, kind: str) -> str:
    id, machine = fulfilled(lab, Type=kind)
    lab.ec2.stop_instances(InstanceIds=[machine])
    return seen(looked_at(lab, id))


def with_group(lab: Lab) -> bool:
    group = lab.ec2.create_security_group(GroupName=lab.name("group"), Description="d")["GroupId"]
    _, machine = fulfilled(lab, SecurityGroupIds=[group])
    return [g["GroupId"] for g in instance(lab, machine)["SecurityGroups"]] == [group]


def in_zone(lab: Lab, zone: str) -> str:
    _, machine = fulfilled(lab, Placement={"AvailabilityZone": zone})
    return str(instance(lab, machine)["Placement"]["AvailabilityZone"])


def filtered(lab: Lab, name: str, value: str) -> bool:
    """Whether a filter finds a new request, which waits."""
    id = request(lab, SpotPrice="0.0000001")["SpotInstanceRequestId"]
    found = lab.ec2.describe_spot_instance_requests(Filters=[{"Name": name, "Values": [value]}])["SpotInstanceRequests"]
    return id in [r["SpotInstanceRequestId"] for r in found]


def tagged(lab: Lab) -> dict[str, str]:
    words = [{"ResourceType": "spot-instances-request", "Tags": [{"Key": "for", "Value": "train"}]}]
    found = request(lab, TagSpecifications=words)
    return {tag["Key"]: tag["Value"] for tag in found["Tags"]}


def waited_for(lab: Lab) -> str:
    """With botocore's waiter."""
    id = asked(lab)["SpotInstanceRequestId"]
    waiter = lab.ec2.get_waiter("spot_instance_request_fulfilled")
    waiter.wait(SpotInstanceRequestIds=[id], WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    return seen(looked_at(lab, id))


def history(lab: Lab, **words: Any) -> list[tuple[str, str]]:
    """Products and prices of a t3.micro in one zone."""
    words = {"AvailabilityZone": "us-east-1a", "InstanceTypes": ["t3.micro"], **words}
    found = lab.ec2.describe_spot_price_history(**words)["SpotPriceHistory"]
    return [(price["ProductDescription"], price["SpotPrice"]) for price in found][:1]


def differing(lab: Lab) -> bool:
    """Whether a large instance costs more than a small one."""
    found = lab.ec2.describe_spot_price_history(InstanceTypes=["t3.micro", "m5.large"])["SpotPriceHistory"]
    of = {price["InstanceType"]: float(price["SpotPrice"]) for price in found}
    return of["m5.large"] > of["t3.micro"]


def enough(lab: Lab) -> str:
    """A request for the price that the history tells."""
    (price,) = history(lab)
    return seen(request(lab, SpotPrice=price[1]))


BAD = "error InvalidParameterValue"
ROWS = [
    Row(
        143,
        "ec2",
        "request_spot_instances: what the answer says",
        lambda lab: seen(asked(lab)),
        "open pending-evaluation",
        "active fulfilled",
        "UG",
    ),
    Row(143, "ec2", "a Spot request, waited for", waited_for, "active fulfilled", "active fulfilled", "UG"),
    Row(
        144,
        "ec2",
        "a Spot request below the price",
        with_low_price,
        ("open price-too-low", False),
        ("active fulfilled", True),
        "UG, Q",
    ),
    Row(
        144,
        "ec2",
        "run_instances on the Spot market below the price",
        lambda lab: bought(lab, MaxPrice="0.0000001")["InstanceLifecycle"],
        "error SpotMaxPriceTooLow",
        "spot",
        "Q",
    ),
    Row(145, "ec2", 'SpotPrice="0"', lambda lab: seen(request(lab, SpotPrice="0")), BAD, "active fulfilled", "U"),
    Row(145, "ec2", 'SpotPrice="-1"', lambda lab: seen(request(lab, SpotPrice="-1")), BAD, "active fulfilled", "U"),
    Row(145, "ec2", 'SpotPrice="cheap"', lambda lab: seen(request(lab, SpotPrice="cheap")), BAD, NO_ANSWER, "U"),
    Row(
        145,
        "ec2",
        "no SpotPrice: the list price at most",
        lambda lab: request(lab).get("SpotPrice"),
        "0.010400",
        None,
        "M",
    ),
    Row(0, "ec2", 'Type="sometimes"', lambda lab: seen(request(lab, Type="sometimes")), BAD, "active fulfilled", "M"),
    Row(
        0,
        "ec2",
        "a Spot request with an image that is not there",
        lambda lab: seen(request(lab, ImageId="ami-0123456789abcdef0")),
        "error InvalidAMIID.NotFound",
        "error InvalidAMIID.NotFound",
        "EC",
    ),
    Row(
        0,
        "ec2",
        "a Spot request with a key pair that is not there",
        lambda lab: seen(request(lab, KeyName="nope")),
        "error InvalidKeyPair.NotFound",
        "error InvalidKeyPair.NotFound",
        "EC",
    ),
    Row(
        146,
        "ec2",
        "cancel a fulfilled Spot request",
        after_cancel,
        ("cancelled", "cancelled request-canceled-and-instance-running", "running"),
        ("cancelled", "absent", "running"),
        "UG, M",
    ),
    Row(
        146,
        "ec2",
        "cancel a Spot request, then terminate its instance",
        after_cancel_and_terminate,
        "cancelled instance-terminated-by-user",
        "absent",
        "U",
    ),
    Row(
        146,
        "ec2",
        "cancel a Spot request that waits",
        cancelled_while_open,
        "cancelled canceled-before-fulfillment",
        "absent",
        "UG",
    ),
    Row(147, "ec2", "cancel a Spot request twice", cancelled_twice, "cancelled", NO_ANSWER, "U"),
    Row(
        147,
        "ec2",
        "cancel a Spot request that is not there",
        lambda lab: cancel(lab, "sir-8abcd123"),
        "error InvalidSpotInstanceRequestID.NotFound",
        NO_ANSWER,
        "EC, Q",
    ),
    Row(
        147,
        "ec2",
        "describe a Spot request that is not there",
        lambda lab: seen(looked_at(lab, "sir-8abcd123")),
        "error InvalidSpotInstanceRequestID.NotFound",
        "absent",
        "EC, Q",
    ),
    Row(
        147,
        "ec2",
        "cancel what is no Spot request's id",
        lambda lab: cancel(lab, "foo"),
        "error InvalidSpotInstanceRequestID.Malformed",
        NO_ANSWER,
        "EC",
    ),
    Row(
        148,
        "ec2",
        "terminate the instance of a one-time Spot request",
        lambda lab: after_terminate(lab, "one-time"),
        ("closed instance-terminated-by-user", False),
        ("active fulfilled", False),
        "UG",
    ),
    Row(
        148,
        "ec2",
        "terminate the instance of a persistent Spot request",
        lambda lab: after_terminate(lab, "persistent"),
        ("open pending-evaluation", True),
        ("active fulfilled", False),
        "UG",
    ),
    Row(
        149,
        "ec2",
        "stop the instance of a one-time Spot request",
        lambda lab: after_stop(lab, "one-time"),
        "error UnsupportedOperation",
        "active fulfilled",
        "Q",
    ),
    Row(
        258,
        "ec2",
        "stop the instance of a persistent Spot request",
        lambda lab: after_stop(lab, "persistent"),
        "disabled instance-stopped-by-user",
        "active fulfilled",
        "UG",
    ),
    Row(150, "ec2", "a Spot request with a security group", with_group, True, False, "M"),
    Row(
        150,
        "ec2",
        "a Spot request for a zone",
        lambda lab: in_zone(lab, "us-east-1c"),
        "us-east-1c",
        "us-east-1a",
        "M",
    ),
    Row(
        151,
        "ec2",
        "run_instances on the Spot market makes a request",
        market_request,
        ("spot", "active fulfilled", True),
        ("spot", "absent", False),
        "M",
    ),
    Row(
        0,
        "ec2",
        "run_instances on the Spot market, persistent, ending when interrupted",
        lambda lab: bought(lab, SpotInstanceType="persistent")["InstanceLifecycle"],
        "error InvalidParameterCombination",
        "spot",
        "M, U",
    ),
    Row(
        0,
        "ec2",
        "Spot requests by status-code",
        lambda lab: filtered(lab, "status-code", "price-too-low"),
        True,
        NO_ANSWER,
        "M",
    ),
    Row(
        49,
        "ec2",
        "Spot requests by a filter that there is not",
        lambda lab: filtered(lab, "bogus", "x"),
        BAD,
        NO_ANSWER,
        "EC",
    ),
    Row(152, "ec2", "Spot prices of two types differ", differing, True, False, "M"),
    Row(
        152,
        "ec2",
        "Spot prices of a product",
        lambda lab: [name for name, _ in history(lab, ProductDescriptions=["Linux/UNIX"])],
        ["Linux/UNIX"],
        ["Linux/UNIX (Amazon VPC)"],
        "M",
    ),
    Row(
        152,
        "ec2",
        "Spot prices of a product that is not offered",
        lambda lab: history(lab, ProductDescriptions=["Plan 9"]),
        [],
        [("Linux/UNIX (Amazon VPC)", "0.00001")],
        "M",
    ),
    Row(
        152,
        "ec2",
        "a Spot request for the price that the history tells",
        enough,
        "active fulfilled",
        "active fulfilled",
        "M",
    ),
    Row(431, "ec2", "a request for a Spot fleet, by its id", fleets, 1, 1, "M"),
    Row(
        431,
        "ec2",
        "the id of a request for a Spot fleet is a UUID",
        lambda lab: bool(re.fullmatch("sfr-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", fleet(lab))),
        True,
        False,
        "CLI",
    ),
    Row(0, "ec2", "tags of a Spot request", tagged, {"for": "train"}, {"for": "train"}, "M"),
]
