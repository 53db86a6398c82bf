"""The calls of a run as checks see them: with the states, at that time, of the instances that each call names."""

import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, pairwise
from typing import Any

from drycloud.cloud.request.aws_request import AwsError, AwsRequest
from drycloud.cloud.request.operations import shown
from drycloud.report import Call

_LONG = 10.0  # seconds
_TOLD = re.compile(
    rb"<instanceId>(i-\w+)</instanceId>(?:<imageId>[^<]*</imageId>)?"
    rb"<instanceState><code>\d+</code><name>([a-z-]+)</name>"
)


class TracedCall(Call, frozen=True):
    """A call, with states of instances by id, which reports do not contain.

    `states_before` are those of the instances that it named, before the call. `states_told` are those in its answer:
    after a launch those of the new ones, after a describe operation what the student's code could see.
    """

    states_before: dict[str, str] = {}
    states_told: dict[str, str] = {}

    def names(self, operation: str, id: str) -> bool:
        """Whether it is this operation on that instance, and succeeded."""
        return self.operation == operation and self.error is None and id in self.states_before

    @property
    def asks_for_spot(self) -> bool:
        """Whether it asked for Spot Instances, which are launched later."""
        return self.operation == "RequestSpotInstances" and self.error is None

    def reported(self) -> Call:
        """The call for a report: only the first of many parameters, and the beginning of long ones."""
        return Call(self.at, self.service, self.operation, self.region, shown(self.parameters), self.error)


class Trail(list[TracedCall]):
    """The calls of a run in order; `ended` is the end of the run, in seconds after its start."""

    def __init__(self, calls: Iterable[TracedCall] = (), ended: float = 0.0):
        super().__init__(calls)
        self.ended = ended

    def until(self, operation: str, id: str) -> "Trail":
        """The calls before the first successful one of this operation on that instance; all calls if there is none."""
        for number, call in enumerate(self):
            if call.names(operation, id):
                return Trail(self[:number], call.at)
        return self

    def waited_for(self, id: str) -> bool:
        """Whether the code waited until this instance ran: an answer said that it is running, or there was no call for
        ten seconds after the launch (a fixed time is a guess, but AWS's own instances mostly run by then)."""
        if any(call.states_told.get(id) == "running" for call in self):
            return True
        launched = next((call.at for call in self if id in call.states_told or call.asks_for_spot), self.ended)
        times = [launched, *(call.at for call in self if call.at > launched), self.ended]
        return any(later - earlier >= _LONG for earlier, later in pairwise(times))


def states_of(request: AwsRequest) -> dict[str, str]:
    """The current states of the instances that a request names in any of its fields."""
    with suppress(AwsError):  # it has too many fields; the answer says so
        named = {value for value in request.form.values() if value.startswith("i-")} if request.service == "ec2" else ()
        if named:
            return {each.id: str(each._state.name) for each in _instances(request.ec2) if each.id in named}
    return {}


def states_in(answer: bytes) -> dict[str, str]:
    """The states of instances in an EC2 answer."""
    return {id.decode(): state.decode() for id, state in _TOLD.findall(answer)}


def _instances(backend: Any) -> Iterable[Any]:
    return chain.from_iterable(reservation.instances for reservation in backend.reservations.values())
