"""Termination, and protection against it."""

from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.ec2.tokens import reservation_of
from drycloud.cloud.rules.lookup import existing
from drycloud.cloud.rules.registry import Answer, after, before, respond_within


@after("ec2", "RunInstances")
def protection_holds_from_the_launch(request: AwsRequest, answer: Answer) -> None:
    """moto ignores DisableApiTermination at a launch (31)."""
    if request.flag("DisableApiTermination"):
        for instance in reservation_of(request, answer).instances:
            instance.disable_api_termination = True


@before("ec2", "TerminateInstances")
def protected_instances_protect_their_zone(request: AwsRequest) -> None:
    """A protected instance fails the request: only those of other zones end; moto ends those before it (32, 33)."""
    named = existing(request, request.values("InstanceId"))
    protected = [i for i in named if str(i.disable_api_termination).lower() == "true" and _lives(i)]
    if not protected:
        return
    zones = {i.availability_zone for i in protected}
    others = [i.id for i in named if i.availability_zone not in zones]
    if others and not request.flag("DryRun"):
        respond_within(request, "TerminateInstances", {f"InstanceId.{n}": id for n, id in enumerate(others, 1)})
    words = f"The instance '{protected[0].id}' may not be terminated. "
    words += "Modify its 'disableApiTermination' instance attribute and try again."
    raise AwsError("OperationNotPermitted", words)


def _lives(instance: Any) -> bool:
    return bool(instance._state.name not in ("shutting-down", "terminated"))
