"""Existing instances: their ids, and the allowed state transitions. Attributes are in attributes.py."""

from typing import Any

from drycloud.cloud.request.ask import Ask, AwsError
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
def each_instance_counts_once(ask: Ask) -> None:
    """moto fails on a duplicate id, or changes its instance twice (48)."""
    ids = list(dict.fromkeys(ask.values("InstanceId")))
    if len(ids) < len(ask.values("InstanceId")):
        _name(ask, ids)


@before("ec2", *_CHANGES)
def instances_to_change_exist(ask: Ask) -> None:
    """There must be at least one (46); moto's dry run does not check (29, 34)."""
    if not ask.values("InstanceId") and ask.operation == "TerminateInstances":
        raise AwsError("InvalidParameterCombination", "No instances specified")
    if not ask.values("InstanceId"):
        raise AwsError("MissingParameter", "The request must contain the parameter InstanceId")
    existing(ask, ask.values("InstanceId"))


def _name(ask: Ask, ids: list[str]) -> None:
    """Replace the instance ids of the request."""
    for field in [field for field in ask.form if field.startswith("InstanceId.")]:
        del ask.form[field]
    ask.form |= {f"InstanceId.{n}": id for n, id in enumerate(ids, 1)}


# --- state transitions ------------------------------------------------------------------------------------------------


@before("ec2", *_REFUSED)
def a_change_begins_in_a_fitting_state(ask: Ask) -> None:
    """moto starts, stops and reboots any instance, even terminated ones (36, 37, 39, 40)."""
    states, which, done = _REFUSED[ask.operation]
    for instance in existing(ask, ask.values("InstanceId")):
        if instance._state.name in states:
            words = f"{which} instance '{instance.id}' is not in a state from which it can be {done}."
            raise AwsError("IncorrectInstanceState", words)
        if ask.operation == "StopInstances" and _has_never_run(instance):
            words = f"Instance '{instance.id}' cannot be stopped as it has never reached the 'running' state."
            raise AwsError("IncorrectInstanceState", words)


def _has_never_run(instance: Any) -> bool:
    return instance._state.name == "pending" and not getattr(instance._state, "has_changed", False)


@before("ec2", "RebootInstances")
def terminated_instances_do_not_reboot(ask: Ask) -> Answer | None:
    """They are ignored; moto starts them again (38)."""
    ids = ask.values("InstanceId")
    rest = [i.id for i in existing(ask, ids) if i._state.name not in ("shutting-down", "terminated")]
    if len(rest) == len(ids) or ask.flag("DryRun"):
        return None
    if not rest:
        return xml("<RebootInstancesResponse><return>true</return></RebootInstancesResponse>")
    _name(ask, rest)
    return None


@after("ec2", "StartInstances", "StopInstances", "TerminateInstances")
def what_does_not_change_stays_as_it_is(ask: Ask, answer: Answer) -> Answer | None:
    """moto reports a change for all: stopped instances are stopping again (35, 41)."""
    there = {"StartInstances": "running", "StopInstances": "stopped", "TerminateInstances": "terminated"}[ask.operation]
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
def options_that_are_not_named_stay(ask: Ask) -> None:
    """moto resets them (255)."""
    instance = instance_of(ask, ask.value("InstanceId"))
    if instance is not None:
        options = instance.metadata_options
        ask.form.setdefault("HttpTokens", options.http_tokens)
        ask.form.setdefault("HttpPutResponseHopLimit", str(options.http_put_response_hop_limit))
        ask.form.setdefault("HttpEndpoint", options.http_endpoint)
        ask.form.setdefault("HttpProtocolIpv6", options.http_protocol_ipv6)
        ask.form.setdefault("InstanceMetadataTags", options.instance_metadata_tags)
