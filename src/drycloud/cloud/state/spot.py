"""A Spot request as AWS keeps it: with a state, a reason, and still listed after its end.

moto launches a Spot instance for each request at once, and forgets cancelled ones. Its describe operation returns
these requests like its own.
"""

import re
from datetime import UTC, datetime
from typing import Any

from drycloud.cloud import clock
from drycloud.cloud.request.aws_request import AwsRequest
from drycloud.cloud.state import states
from drycloud.cloud.state.prices import on_demand_price, spot_price

# Status codes and their messages.
_STATUS = {
    "pending-evaluation": "Your Spot request has been submitted for review, and is pending evaluation.",
    "not-scheduled-yet": "Your Spot request waits for the time from which it is valid.",
    "schedule-expired": "The time until which your Spot request was valid is over.",
    "fulfilled": "Your Spot request is fulfilled.",
    "bad-parameters": "Your Spot request cannot be fulfilled as it stands.",
    "canceled-before-fulfillment": "Your Spot request was canceled before it was fulfilled.",
    "request-canceled-and-instance-running": "Your Spot request is canceled, but your instance is still running.",
    "instance-terminated-by-user": "You terminated the Spot Instance.",
    "instance-stopped-by-user": "You stopped the Spot Instance.",
}


class SpotRequest:
    """A Spot request, made by the call `request`. `launch` is the form of the RunInstances request that fulfils it."""

    product_description = "Linux/UNIX"
    state: str
    status_message: str
    updated: datetime
    _status_code: str

    def __init__(self, request: AwsRequest, id: str, launch: dict[str, str], words: dict[str, str]):
        self.request, self.backend, self.id, self.launch = request, request.ec2, id, launch
        self.instance: Any = None
        self.max_price = words.get("SpotPrice")
        self.type = words.get("Type", "one-time")
        self.instance_interruption_behavior = words.get("InstanceInterruptionBehavior", "terminate")
        self.launch_group, self.availability_zone_group = words.get("LaunchGroup"), words.get("AvailabilityZoneGroup")
        self.valid_from, self.valid_until = parsed_time(words.get("ValidFrom")), parsed_time(words.get("ValidUntil"))
        self.created = datetime.now(UTC)
        self.fault: dict[str, str] | None = None
        self.open()

    # --- life cycle ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Wait (again) for an instance."""
        self.instance = None
        self._due = clock.of_states() + states.TRANSITION_SECONDS
        become(self, "open", "pending-evaluation")

    @property
    def is_evaluated(self) -> bool:
        """Whether the evaluation is over."""
        return states.TRANSITION_SECONDS == 0 or clock.of_states() >= self._due

    def can_be_fulfilled(self) -> bool:
        """Whether an instance may be launched for it now; otherwise sets the status that says why."""
        now = datetime.now(UTC)
        if self.valid_until and self.valid_until <= now:
            become(self, "cancelled", "schedule-expired")
        elif self.valid_from and self.valid_from > now:
            become(self, "open", "not-scheduled-yet")
        elif self.is_too_low():
            become(self, "open", "price-too-low", too_low(self.spot_price, self.instance_type))
        else:
            return True
        return False

    def is_too_low(self) -> bool:
        """Whether the maximum price is below the price of such an instance."""
        return float(self.spot_price) < spot_price(self.instance_type)

    def fulfil(self, instance: Any) -> None:
        """Set its instance."""
        self.instance = instance
        instance.lifecycle, instance.spot_instance_request_id = "spot", self.id
        become(self, "active", "fulfilled")

    # --- attributes that moto reads-----------------------------------------------------------------------------------

    @property
    def spot_instance_request_id(self) -> str:
        """Its id."""
        return self.id

    @property
    def instance_type(self) -> str:
        """The type to launch."""
        return self.launch.get("InstanceType", "m1.small")

    @property
    def spot_price(self) -> str:
        """The maximum price: the requested one, or the list price."""
        return f"{float(self.max_price or on_demand_price(self.instance_type)):.6f}"

    @property
    def instance_id(self) -> str | None:
        """Its instance, if it has one."""
        return self.instance.id if self.instance else None

    @property
    def launched_availability_zone(self) -> str | None:
        """Where its instance is."""
        return self.instance.availability_zone if self.instance else None

    @property
    def create_time(self) -> datetime:
        """When it was made."""
        return self.created

    @property
    def status(self) -> dict[str, Any]:
        """Its status as AWS returns it."""
        return {"Code": self._status_code, "Message": self.status_message, "UpdateTime": self.updated}

    @property
    def launch_specification(self) -> dict[str, Any]:
        """What it launches, as AWS returns it."""
        said = self.launch.get
        zone, subnet = said("Placement.AvailabilityZone"), said("SubnetId") or said("NetworkInterface.1.SubnetId")
        found: dict[str, Any] = {
            "ImageId": said("ImageId"),
            "InstanceType": self.instance_type,
            "KeyName": said("KeyName"),
        }
        found |= {"SubnetId": subnet, "Placement": {"AvailabilityZone": zone} if zone else None}
        more = {
            "SecurityGroups": [{"GroupId": group.id, "GroupName": group.name} for group in self._groups()],
            "Monitoring": {"Enabled": said("Monitoring.Enabled") == "true"},
        }
        return {name: value for name, value in found.items() if value is not None} | more

    def _groups(self) -> list[Any]:
        if self.instance:
            return list(self.instance.security_groups)
        names = [value for name, value in self.launch.items() if re.search(r"SecurityGroup(Id)?\.\d+$", name)]
        found = map(self.backend.get_security_group_by_name_or_id, names or ["default"])
        return [group for group in found if group]

    # --- tags and filters ---------------------------------------------------------------------------------------------

    def add_tags(self, tags: dict[str, str]) -> None:
        """Add tags."""
        self.backend.create_tags([self.id], tags)

    def get_tags(self) -> list[dict[str, str]]:
        """Its tags, in moto's form."""
        found: list[dict[str, str]] = self.backend.describe_tags(filters={"resource-id": [self.id]})
        return found

    @property
    def tags(self) -> list[dict[str, str]]:
        """Its tags, as AWS returns them."""
        return [{"Key": tag["key"], "Value": tag["value"]} for tag in self.get_tags()]

    def get_filter_value(self, filter_name: str) -> Any:
        """The value that a filter of DescribeSpotInstanceRequests compares."""
        tags = {tag["Key"]: tag["Value"] for tag in self.tags}
        if filter_name == "tag-key":
            return list(tags)
        if filter_name.startswith("tag:"):
            return tags.get(filter_name.removeprefix("tag:"), "")
        return self._filtered_by()[filter_name] or ""

    def _filtered_by(self) -> dict[str, Any]:
        launch, fault = self.launch_specification, self.fault or {}
        return {
            "availability-zone-group": self.availability_zone_group,
            "create-time": f"{self.created:%Y-%m-%dT%H:%M:%S.000Z}",
            "fault-code": fault.get("Code"),
            "fault-message": fault.get("Message"),
            "instance-id": self.instance_id,
            "launch-group": self.launch_group,
            "launch.group-id": [group["GroupId"] for group in launch["SecurityGroups"]],
            "launch.group-name": [group["GroupName"] for group in launch["SecurityGroups"]],
            "launch.image-id": launch.get("ImageId"),
            "launch.instance-type": self.instance_type,
            "launch.key-name": launch.get("KeyName"),
            "launch.monitoring-enabled": str(launch["Monitoring"]["Enabled"]).lower(),
            "launched-availability-zone": self.launched_availability_zone,
            "product-description": self.product_description,
            "spot-instance-request-id": self.id,
            "spot-price": self.spot_price,
            "state": self.state,
            "status-code": self.status["Code"],
            "status-message": self.status_message,
            "type": self.type,
        }


def become(request: Any, state: str, code: str, message: str | None = None) -> None:
    """Change state and status of a request, also of moto's requests, which fleets make."""
    request.state, request._status_code = state, code
    request.status_message, request.updated = message or _STATUS[code], datetime.now(UTC)


def too_low(price: str, instance_type: str) -> str:
    """The message for a price that is too low."""
    least = spot_price(instance_type)
    words = f"Your Spot request price of {float(price):g} is lower than the minimum required Spot request"
    return f"{words} fulfillment price of {least:g}."


def parsed_time(text: str | None) -> datetime | None:
    """A time of a request; None if it is missing or invalid."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
