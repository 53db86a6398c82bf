"""Spot requests: validation, fulfilment and life cycle. See cloud/state/spot.py."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from drycloud.cloud.moto import engine
from drycloud.cloud.request.ask import Ask, AwsError
from drycloud.cloud.rules.ec2.tags import tags_for
from drycloud.cloud.rules.ec2.tokens import reservation_of
from drycloud.cloud.rules.lookup import instance_of
from drycloud.cloud.rules.registry import Answer, after, before, edited, respond_within, xml
from drycloud.cloud.state.spot import SpotRequest, become, parsed_time, too_low

_MOST = 500  # requests at a time
_TYPES, _BEHAVIOURS = ("one-time", "persistent"), ("terminate", "stop", "hibernate")
_MARKET, _OPTIONS = "InstanceMarketOptions.", "InstanceMarketOptions.SpotOptions."
_DOC = "http://ec2.amazonaws.com/doc/2016-11-15/"


# --- asking for instances ---------------------------------------------------------------------------------------------


@before("ec2", "RequestSpotInstances")
def spot_requests_wait_to_be_fulfilled(ask: Ask) -> Answer:
    """The launch follows later, if price and capacity allow it; moto launches at once (143, 144, 150)."""
    words = {name: text for name, text in ask.form.items() if not name.startswith("LaunchSpecification.")}
    _look_at_words(words)
    count = _count(ask)
    launch = {
        name.removeprefix("LaunchSpecification."): text
        for name, text in ask.form.items()
        if name.startswith("LaunchSpecification.") and not name.endswith(".AddressingType")
    }
    launch |= {"MinCount": "1", "MaxCount": "1"}
    checked = respond_within(ask, "RunInstances", {**launch, "DryRun": "true"})
    if b"<Code>DryRunOperation</Code>" not in checked[2] or ask.flag("DryRun"):
        return checked
    made = [_new_request(ask, launch, words) for _ in range(count)]
    told = respond_within(ask, "DescribeSpotInstanceRequests", _numbered(request.id for request in made))
    return edited(told, "DescribeSpotInstanceRequestsResponse", "RequestSpotInstancesResponse")


def _new_request(ask: Ask, launch: dict[str, str], words: dict[str, str]) -> SpotRequest:
    from moto.ec2.utils import random_spot_request_id

    request = SpotRequest(ask, random_spot_request_id()[: len("sir-") + 8], launch, words)
    request.add_tags(tags_for(ask, "spot-instances-request"))
    ask.ec2.spot_instance_requests[request.id] = request
    return request


def _count(ask: Ask) -> int:
    text = ask.form.get("InstanceCount", "1")
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise AwsError("InvalidParameterValue", f"Value ({text}) for parameter instanceCount is invalid.")
    if int(text) > _MOST:
        raise AwsError("MaxSpotInstanceCountExceeded", "Max spot instance count exceeded")
    return int(text)


def _look_at_words(words: dict[str, str]) -> None:
    """moto accepts any type and price, and fails on one that is not a number (145)."""
    price, kind = words.get("SpotPrice"), words.get("Type", "one-time")
    behaviour = words.get("InstanceInterruptionBehavior", "terminate")
    if price is not None and not (re.fullmatch(r"\d{0,9}(\.\d{0,20})?", price) and price.strip(".0")):
        raise AwsError("InvalidParameterValue", f"Invalid value '{price}' for the Spot price.")
    if kind not in _TYPES:
        raise AwsError("InvalidParameterValue", f"Invalid value '{kind}' for type. Use one of {', '.join(_TYPES)}.")
    if behaviour not in _BEHAVIOURS:
        known = ", ".join(_BEHAVIOURS)
        raise AwsError("InvalidParameterValue", f"Invalid value '{behaviour}' for the behavior. Use one of {known}.")
    if behaviour != "terminate" and kind == "one-time":
        words_ = f"A one-time Spot request cannot {behaviour} its instance when it is interrupted."
        raise AwsError("InvalidParameterCombination", words_)
    for name in ("ValidFrom", "ValidUntil"):
        if name in words and parsed_time(words[name]) is None:
            raise AwsError("InvalidParameterValue", f"Value ({words[name]}) for parameter {name} is invalid.")


# --- launching on the market ------------------------------------------------------------------------------------------


@before("ec2", "RunInstances")
def price_of_a_launch_is_high_enough(ask: Ask) -> None:
    """moto accepts any price and any other market options (144, 145)."""
    if not any(name.startswith(_MARKET) for name in ask.form):
        return
    market = ask.value(f"{_MARKET}MarketType")
    if market != "spot":
        raise AwsError("InvalidParameterValue", f"Invalid value '{market or ''}' for MarketType. It can be spot.")
    words = _market_words(ask)
    _look_at_words(words)
    if words.get("Type") == "persistent" and words.get("InstanceInterruptionBehavior", "terminate") == "terminate":
        said = "A launch makes a persistent Spot request only if an interruption stops or hibernates its instance."
        raise AwsError("InvalidParameterCombination", said)
    request = SpotRequest(ask, "", {"InstanceType": ask.form.get("InstanceType", "m1.small")}, words)
    if request.is_too_low():
        raise AwsError("SpotMaxPriceTooLow", too_low(request.spot_price, request.instance_type))


def _market_words(ask: Ask) -> dict[str, str]:
    """The Spot options of a launch, with the names of RequestSpotInstances."""
    names = {"MaxPrice": "SpotPrice", "SpotInstanceType": "Type", "ValidUntil": "ValidUntil"}
    names["InstanceInterruptionBehavior"] = "InstanceInterruptionBehavior"
    return {name: ask.form[f"{_OPTIONS}{said}"] for said, name in names.items() if f"{_OPTIONS}{said}" in ask.form}


@after("ec2", "RunInstances")
def launches_on_the_market_are_requests_too(ask: Ask, answer: Answer) -> Answer | None:
    """moto makes Spot instances without a request (151)."""
    if ask.value(f"{_MARKET}MarketType") != "spot":
        return None
    apart = (_MARKET, "ClientToken", "Action", "LaunchTemplate.")  # the template's fields are merged already
    launch = {n: text for n, text in ask.form.items() if not n.startswith(apart)}
    launch |= {"MinCount": "1", "MaxCount": "1"}
    for instance in reservation_of(ask, answer).instances:
        request = _new_request(ask, launch, _market_words(ask))
        request.fulfil(instance)
        told = rf"\1<spotInstanceRequestId>{request.id}</spotInstanceRequestId>"
        answer = edited(answer, f"(<instanceId>{instance.id}</instanceId>)", told)
    return answer


# --- fulfilling -------------------------------------------------------------------------------------------------------


def fulfil_spot_requests() -> None:
    """Launch what is due, in all regions."""
    with engine.LOCK:
        for backend in engine.backends("ec2").values():
            _fulfil(backend)


@before("ec2", "*")
def spot_requests_are_fulfilled_when_due(ask: Ask) -> None:
    """Seconds after they were made, and again after the end of a persistent one's instance (143, 148)."""
    _fulfil(ask.ec2)


def _fulfil(backend: Any) -> None:
    due = [r for r in backend.spot_instance_requests.values() if r.state == "open" and r.is_evaluated]
    due = [request for request in due if request.can_be_fulfilled()]
    for request in due:
        become(request, "active", "fulfilled")  # each launch calls this again, and must find nothing to launch
    for request in due:
        answer = respond_within(request.ask, "RunInstances", request.launch)
        if answer[0].startswith("2"):
            request.fulfil(reservation_of(request.ask, answer).instances[0])
        else:
            _fail(request, answer)


def _fail(request: SpotRequest, answer: Answer) -> None:
    text = answer[2].decode()
    code, message = (unescape(text.partition(f"<{name}>")[2].partition("<")[0]) for name in ("Code", "Message"))
    request.fault = {"Code": code, "Message": message}
    become(request, "failed", "bad-parameters", message)


# --- life cycle -------------------------------------------------------------------------------------------------------


def _requests_of(ask: Ask) -> Iterable[tuple[SpotRequest, Any]]:
    """The Spot requests of the instances that a request names, with the instances."""
    for id in ask.values("InstanceId") if ask.ec2.spot_instance_requests else ():
        instance = instance_of(ask, id)
        request = ask.ec2.spot_instance_requests.get(getattr(instance, "spot_instance_request_id", None))
        if request is not None and request.instance is instance:
            yield request, instance


@after("ec2", "TerminateInstances")
def requests_end_with_their_instance(ask: Ask, answer: Answer) -> None:
    """Persistent ones wait for another instance; moto's stay active (148)."""
    del answer
    for request, _ in _requests_of(ask):
        if request.state == "cancelled" or request.type == "one-time":
            state = "cancelled" if request.state == "cancelled" else "closed"
            become(request, state, "instance-terminated-by-user")
        elif request.state in ("active", "disabled"):
            request.open()


@before("ec2", "StopInstances")
def instances_of_one_time_requests_do_not_stop(ask: Ask) -> None:
    """moto stops them (149)."""
    for request, instance in _requests_of(ask):
        if request.type == "one-time":
            words = f"You can't stop the Spot Instance '{instance.id}' because it is associated with a one-time Spot "
            raise AwsError("UnsupportedOperation", f"{words}Instance request. Those of persistent requests can stop.")


@after("ec2", "StopInstances", "StartInstances")
def requests_rest_with_their_instance(ask: Ask, answer: Answer) -> None:
    """A persistent request is disabled while its instance is stopped (258)."""
    del answer
    for request, instance in _requests_of(ask):
        stops = instance._state.name in ("stopping", "stopped")
        if stops and request.state == "active":
            become(request, "disabled", "instance-stopped-by-user")
        elif not stops and request.state == "disabled":
            become(request, "active", "fulfilled")


@before("ec2", "CancelSpotInstanceRequests")
def cancelled_requests_stay_listed(ask: Ask) -> Answer:
    """Their instances keep running, unless stopped; moto forgets the requests, and fails on unknown ones (146, 147)."""
    if not ask.values("SpotInstanceRequestId"):
        raise AwsError("MissingParameter", "The request must contain the parameter spotInstanceRequestId")
    requests = [_request(ask, id) for id in ask.values("SpotInstanceRequestId")]
    if ask.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    for request in requests:
        if request.state == "open":
            become(request, "cancelled", "canceled-before-fulfillment")
        elif request.state == "disabled":
            become(request, "cancelled", "request-canceled-and-instance-running")
            respond_within(ask, "TerminateInstances", {"InstanceId.1": str(request.instance_id)})
        elif request.state == "active":
            become(request, "cancelled", "request-canceled-and-instance-running")
    items = "".join(
        f"<item><spotInstanceRequestId>{r.id}</spotInstanceRequestId><state>{r.state}</state></item>" for r in requests
    )
    return xml(f'<CancelSpotInstanceRequestsResponse xmlns="{_DOC}"><spotInstanceRequestSet>{items}'
               "</spotInstanceRequestSet></CancelSpotInstanceRequestsResponse>")  # fmt: skip


def _request(ask: Ask, id: str) -> SpotRequest:
    if id not in ask.ec2.spot_instance_requests:
        words = f"The spot instance request ID '{id}' does not exist"
        raise AwsError("InvalidSpotInstanceRequestID.NotFound", words)
    found: SpotRequest = ask.ec2.spot_instance_requests[id]
    return found


def _numbered(ids: Iterable[str]) -> dict[str, str]:
    return {f"SpotInstanceRequestId.{n}": id for n, id in enumerate(ids, 1)}
