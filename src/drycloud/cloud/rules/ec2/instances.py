"""Existing instances: their ids, and the allowed state transitions. Attributes are in attributes.py."""

from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.rules.lookup import existing, instance_of
from drycloud.cloud.rules.registry import Answer, after, before, edited, xml

_CHANGES = ("StartInstances", "StopInstances", "RebootInstances", "TerminateInstances")
_LOOKS = ("DescribeInstances", "DescribeInstanceStatus", "DescribeInstanceCreditSpecifications")

# The states in which a change is refused, with its name in the error. Others stay in the same state.
_REFUSED = {
    "StartInstances": (("stopping", "shutting-down", "terminated"), "The", "started"),
    "StopInstances": (("shutting-down", "terminated"), "This", "stopped"),
    "RebootInstances": (("stopping", "stopped"), "The", "rebooted"),
}


# --- which instances --------------------------------------------------------------------------------------------------


@before("ec2", *_CHANGES, *_LOOKS)
def each_instance_counts_once(request: AwsRequest) -> None:
    """moto fails on a duplicate id, or changes its instance twice (48)."""
    ids = list(dict.fromkeys(request.values("InstanceId")))
    if len(ids) < len(request.values("InstanceId")):
        _name(request, ids)


@before("ec2", *_CHANGES)
def instances_to_change_exist(request: AwsRequest) -> None:
    """There must be at least one (46); moto's dry run does not check (29, 34)."""
    if not request.values("InstanceId") and request.operation == "TerminateInstances":
        raise AwsError("InvalidParameterCombination", "No instances specified")
    if not request.values("InstanceId"):
        raise AwsError("MissingParameter", "The request must contain the parameter InstanceId")
    existing(request, request.values("InstanceId"))


def _name(request: AwsRequest, ids: list[str]) -> None:
    """Replace the instance ids of the request."""
    for field in [field for field in request.form if field.startswith("InstanceId.")]:
        del request.form[field]
    request.form |= {f"InstanceId.{n}": id for n, id in enumerate(ids, 1)}


# --- state transitions ------------------------------------------------------------------------------------------------


@before("ec2", *_REFUSED)
def state_allows_the_change(request: AwsRequest) -> None:
    """moto starts, stops and reboots any instance, even terminated ones (36, 37, 39, 40)."""
    states, which, done = _REFUSED[request.operation]
    for instance in existing(request, request.values("InstanceId")):
        if instance._state.name in states:
            words = f"{which} instance '{instance.id}' is not in a state from which it can be {done}."
            raise AwsError("IncorrectInstanceState", words)
        if request.operation == "StopInstances" and _has_never_run(instance):
            words = f"Instance '{instance.id}' cannot be stopped as it has never reached the 'running' state."
            raise AwsError("IncorrectInstanceState", words)


def _has_never_run(instance: Any) -> bool:
    return instance._state.name == "pending" and not getattr(instance._state, "has_changed", False)


@before("ec2", "RebootInstances")
def terminated_instances_do_not_reboot(request: AwsRequest) -> Answer | None:
    """They are ignored; moto starts them again (38)."""
    ids = request.values("InstanceId")
    rest = [i.id for i in existing(request, ids) if i._state.name not in ("shutting-down", "terminated")]
    if len(rest) == len(ids) or request.flag("DryRun"):
        return None
    if not rest:
        return xml("<RebootInstancesResponse><return>true</return></RebootInstancesResponse>")
    _name(request, rest)
    return None


@after("ec2", "StartInstances", "StopInstances", "TerminateInstances")
def unchanged_instances_keep_their_state(request: AwsRequest, answer: Answer) -> Answer | None:
    """moto reports a change for all: stopped instances are stopping again (35, 41)."""
    there = {"StartInstances": "running", "StopInstances": "stopped", "TerminateInstances": "terminated"}[
        request.operation
    ]
    if f"<name>{there}</name>".encode() not in answer[2]:
        return None

    def told(item: Any) -> str:
        text: str = item[0]
        before = text.partition("<previousState>")[2].partition("</previousState>")[0]
        if f"<name>{there}</name>" not in before:
            return text
        start, _, rest = text.partition("<currentState>")
        return f"{start}<currentState>{before}</currentState>{rest.partition('</currentState>')[2]}"

    return edited(answer, r"<item>.*?</item>", told)


@before("ec2", "ModifyInstanceMetadataOptions")
def options_that_are_not_named_stay(request: AwsRequest) -> None:
    """moto resets them (255)."""
    instance = instance_of(request, request.value("InstanceId"))
    if instance is not None:
        options = instance.metadata_options
        request.form.setdefault("HttpTokens", options.http_tokens)
        request.form.setdefault("HttpPutResponseHopLimit", str(options.http_put_response_hop_limit))
        request.form.setdefault("HttpEndpoint", options.http_endpoint)
        request.form.setdefault("HttpProtocolIpv6", options.http_protocol_ipv6)
        request.form.setdefault("InstanceMetadataTags", options.instance_metadata_tags)
