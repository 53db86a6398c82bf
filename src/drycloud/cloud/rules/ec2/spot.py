"""Spot requests: validation, fulfilment and life cycle. See cloud/state/spot.py."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest
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
def spot_requests_wait_to_be_fulfilled(request: AwsRequest) -> Answer:
    """The launch follows later, if price and capacity allow it; moto launches at once (143, 144, 150)."""
    words = {name: text for name, text in request.form.items() if not name.startswith("LaunchSpecification.")}
    _look_at_words(words)
    count = _count(request)
    launch = {
        name.removeprefix("LaunchSpecification."): text
        for name, text in request.form.items()
        if name.startswith("LaunchSpecification.") and not name.endswith(".AddressingType")
    }
    launch |= {"MinCount": "1", "MaxCount": "1"}
    checked = respond_within(request, "RunInstances", {**launch, "DryRun": "true"})
    if b"<Code>DryRunOperation</Code>" not in checked[2] or request.flag("DryRun"):
        return checked
    made = [_new_request(request, launch, words) for _ in range(count)]
    told = respond_within(request, "DescribeSpotInstanceRequests", _numbered(spot.id for spot in made))
    return edited(told, "DescribeSpotInstanceRequestsResponse", "RequestSpotInstancesResponse")


def _new_request(request: AwsRequest, launch: dict[str, str], words: dict[str, str]) -> SpotRequest:
    from moto.ec2.utils import random_spot_request_id

    spot = SpotRequest(request, random_spot_request_id()[: len("sir-") + 8], launch, words)
    spot.add_tags(tags_for(request, "spot-instances-request"))
    request.ec2.spot_instance_requests[spot.id] = spot
    return spot


def _count(request: AwsRequest) -> int:
    text = request.form.get("InstanceCount", "1")
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
def price_of_a_launch_is_high_enough(request: AwsRequest) -> None:
    """moto accepts any price and any other market options (144, 145)."""
    if not any(name.startswith(_MARKET) for name in request.form):
        return
    market = request.value(f"{_MARKET}MarketType")
    if market != "spot":
        raise AwsError("InvalidParameterValue", f"Invalid value '{market or ''}' for MarketType. It can be spot.")
    words = _market_words(request)
    _look_at_words(words)
    if words.get("Type") == "persistent" and words.get("InstanceInterruptionBehavior", "terminate") == "terminate":
        said = "A launch makes a persistent Spot request only if an interruption stops or hibernates its instance."
        raise AwsError("InvalidParameterCombination", said)
    spot = SpotRequest(request, "", {"InstanceType": request.form.get("InstanceType", "m1.small")}, words)
    if spot.is_too_low():
        raise AwsError("SpotMaxPriceTooLow", too_low(spot.spot_price, spot.instance_type))


def _market_words(request: AwsRequest) -> dict[str, str]:
    """The Spot options of a launch, with the names of RequestSpotInstances."""
    names = {"MaxPrice": "SpotPrice", "SpotInstanceType": "Type", "ValidUntil": "ValidUntil"}
    names["InstanceInterruptionBehavior"] = "InstanceInterruptionBehavior"
    return {
        name: request.form[f"{_OPTIONS}{said}"] for said, name in names.items() if f"{_OPTIONS}{said}" in request.form
    }


@after("ec2", "RunInstances")
def spot_launches_make_requests(request: AwsRequest, answer: Answer) -> Answer | None:
    """moto makes Spot instances without a request (151)."""
    if request.value(f"{_MARKET}MarketType") != "spot":
        return None
    apart = (_MARKET, "ClientToken", "Action", "LaunchTemplate.")  # the template's fields are merged already
    launch = {n: text for n, text in request.form.items() if not n.startswith(apart)}
    launch |= {"MinCount": "1", "MaxCount": "1"}
    for instance in reservation_of(request, answer).instances:
        spot = _new_request(request, launch, _market_words(request))
        spot.fulfil(instance)
        told = rf"\1<spotInstanceRequestId>{spot.id}</spotInstanceRequestId>"
        answer = edited(answer, f"(<instanceId>{instance.id}</instanceId>)", told)
    return answer


# --- fulfilling -------------------------------------------------------------------------------------------------------


def fulfil_spot_requests() -> None:
    """Launch what is due, in all regions."""
    with engine.LOCK:
        for backend in engine.backends("ec2").values():
            _fulfil(backend)


@before("ec2", "*")
def spot_requests_are_fulfilled_when_due(request: AwsRequest) -> None:
    """Seconds after they were made, and again after the end of a persistent one's instance (143, 148)."""
    _fulfil(request.ec2)


def _fulfil(backend: Any) -> None:
    due = [r for r in backend.spot_instance_requests.values() if r.state == "open" and r.is_evaluated]
    due = [spot for spot in due if spot.can_be_fulfilled()]
    for spot in due:
        become(spot, "active", "fulfilled")  # each launch calls this again, and must find nothing to launch
    for spot in due:
        answer = respond_within(spot.request, "RunInstances", spot.launch)
        if answer[0].startswith("2"):
            spot.fulfil(reservation_of(spot.request, answer).instances[0])
        else:
            _fail(spot, answer)


def _fail(spot: SpotRequest, answer: Answer) -> None:
    text = answer[2].decode()
    code, message = (unescape(text.partition(f"<{name}>")[2].partition("<")[0]) for name in ("Code", "Message"))
    spot.fault = {"Code": code, "Message": message}
    become(spot, "failed", "bad-parameters", message)


# --- life cycle -------------------------------------------------------------------------------------------------------


def _requests_of(request: AwsRequest) -> Iterable[tuple[SpotRequest, Any]]:
    """The Spot requests of the instances that a request names, with the instances."""
    for id in request.values("InstanceId") if request.ec2.spot_instance_requests else ():
        instance = instance_of(request, id)
        spot = request.ec2.spot_instance_requests.get(getattr(instance, "spot_instance_request_id", None))
        if spot is not None and spot.instance is instance:
            yield spot, instance


@after("ec2", "TerminateInstances")
def requests_end_with_their_instance(request: AwsRequest, answer: Answer) -> None:
    """Persistent ones wait for another instance; moto's stay active (148)."""
    del answer
    for spot, _ in _requests_of(request):
        if spot.state == "cancelled" or spot.type == "one-time":
            state = "cancelled" if spot.state == "cancelled" else "closed"
            become(spot, state, "instance-terminated-by-user")
        elif spot.state in ("active", "disabled"):
            spot.open()


@before("ec2", "StopInstances")
def instances_of_one_time_requests_do_not_stop(request: AwsRequest) -> None:
    """moto stops them (149)."""
    for spot, instance in _requests_of(request):
        if spot.type == "one-time":
            words = f"You can't stop the Spot Instance '{instance.id}' because it is associated with a one-time Spot "
            raise AwsError("UnsupportedOperation", f"{words}Instance request. Those of persistent requests can stop.")


@after("ec2", "StopInstances", "StartInstances")
def requests_are_disabled_with_their_instance(request: AwsRequest, answer: Answer) -> None:
    """A persistent request is disabled while its instance is stopped (258)."""
    del answer
    for spot, instance in _requests_of(request):
        stops = instance._state.name in ("stopping", "stopped")
        if stops and spot.state == "active":
            become(spot, "disabled", "instance-stopped-by-user")
        elif not stops and spot.state == "disabled":
            become(spot, "active", "fulfilled")


@before("ec2", "CancelSpotInstanceRequests")
def cancelled_requests_stay_listed(request: AwsRequest) -> Answer:
    """Their instances keep running, unless stopped; moto forgets the requests, and fails on unknown ones (146, 147)."""
    if not request.values("SpotInstanceRequestId"):
        raise AwsError("MissingParameter", "The request must contain the parameter spotInstanceRequestId")
    requests = [_request(request, id) for id in request.values("SpotInstanceRequestId")]
    if request.flag("DryRun"):
        raise AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    for spot in requests:
        if spot.state == "open":
            become(spot, "cancelled", "canceled-before-fulfillment")
        elif spot.state == "disabled":
            become(spot, "cancelled", "request-canceled-and-instance-running")
            respond_within(request, "TerminateInstances", {"InstanceId.1": str(spot.instance_id)})
        elif spot.state == "active":
            become(spot, "cancelled", "request-canceled-and-instance-running")
    items = "".join(
        f"<item><spotInstanceRequestId>{r.id}</spotInstanceRequestId><state>{r.state}</state></item>" for r in requests
    )
    return xml(f'<CancelSpotInstanceRequestsResponse xmlns="{_DOC}"><spotInstanceRequestSet>{items}'
               "</spotInstanceRequestSet></CancelSpotInstanceRequestsResponse>")  # fmt: skip


def _request(request: AwsRequest, id: str) -> SpotRequest:
    if id not in request.ec2.spot_instance_requests:
        words = f"The spot instance request ID '{id}' does not exist"
        raise AwsError("InvalidSpotInstanceRequestID.NotFound", words)
    found: SpotRequest = request.ec2.spot_instance_requests[id]
    return found


def _numbered(ids: Iterable[str]) -> dict[str, str]:
    return {f"SpotInstanceRequestId.{n}": id for n, id in enumerate(ids, 1)}
